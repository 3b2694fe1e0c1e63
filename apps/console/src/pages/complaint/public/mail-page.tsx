import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { localTime } from '../dates.ts';
import { findMail, originalAddress, type Mail } from './api.ts';
import { MailState } from './mail-bits.tsx';

function Settle({ mail }: { readonly mail: Mail }): ReactNode {
  const { t } = useTranslation();
  const maySettle = useMay('complaints.makeComplaintOfMail');
  if (!maySettle || (mail.state !== 'waiting' && mail.state !== 'dismissed')) return null;
  const path = `/v1/mails/${mail.id}`;
  const optional = mail.text !== null && mail.from !== null;
  return (
    <div className="fb-row">
      <Act
        isMain
        label={t('publicPage.mails.act.complaint')}
        help={t('publicPage.mails.help.complaint')}
        path={`${path}/complaint`}
        fields={[
          { name: 'name', label: t('publicPage.mails.field.name'), kind: 'line', optional },
          { name: 'contact', label: t('publicPage.mails.field.contact'), kind: 'line', optional },
          { name: 'subject', label: t('publicPage.mails.field.subject'), kind: 'line', optional },
          { name: 'narrative', label: t('publicPage.mails.field.narrative'), kind: 'long', optional },
        ]}
      />
      <Act
        label={t('publicPage.mails.act.attach')}
        help={t('publicPage.mails.help.attach')}
        path={`${path}/attachment`}
        fields={[
          {
            name: 'complaint',
            label: t('publicPage.mails.field.number'),
            kind: 'line',
            ...(mail.suggestedNumber !== null && { initial: mail.suggestedNumber }),
          },
        ]}
      />
      {mail.state === 'waiting' && (
        <Act
          isDanger
          label={t('publicPage.mails.act.dismiss')}
          help={t('publicPage.mails.help.dismiss')}
          path={`${path}/dismissal`}
          fields={[{ name: 'reason', label: t('publicPage.mails.field.reason'), kind: 'long' }]}
        />
      )}
    </div>
  );
}

function MailFacts({ mail }: { readonly mail: Mail }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { from, address, receivedAt, complaintId, complaintNumber, suggestedId, suggestedNumber, senderKnown, settledBy, files } = mail;
  const link = (id: string, number: string | null): ReactNode => <Link to={`/complaints/${id}`}>{number}</Link>;
  return (
    <Facts
      items={[
        { label: t('publicPage.mails.from'), value: from ?? '–' },
        { label: t('publicPage.mails.address'), value: address },
        { label: t('publicPage.mails.receivedAt'), value: localTime(receivedAt) },
        ...(complaintId === null ? [] : [{ label: t('publicPage.mails.complaint'), value: link(complaintId, complaintNumber) }]),
        ...(suggestedId === null ? [] : [{ label: t('publicPage.mails.suggested'), value: link(suggestedId, suggestedNumber) }]),
        ...(settledBy === null ? [] : [{ label: t('publicPage.mails.settledBy'), value: person(settledBy) }]),
        ...(senderKnown === null
          ? []
          : [
              {
                label: t('publicPage.mails.state'),
                value: `${senderKnown ? t('publicPage.mails.senderKnown') : t('publicPage.mails.senderUnknown')} · ${
                  mail.acknowledged ? t('publicPage.mails.acknowledged') : t('publicPage.mails.notAcknowledged')
                }`,
              },
            ]),
        ...(files.length === 0 ? [] : [{ label: t('publicPage.mails.files'), value: files.map(({ fileName }) => fileName).join(' · ') }]),
        ...(mail.dismissal === null ? [] : [{ label: t('publicPage.mails.dismissal'), value: mail.dismissal }]),
      ]}
    />
  );
}

/** One mail, and what is to become of it. */
export function MailPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['complaints', 'mail', id], queryFn: ({ signal }) => findMail(id, signal) });
  const back = { to: '/complaints/mails', label: t('publicPage.mails.back') };
  const mail = query.data;
  if (!mail)
    return (
      <>
        <PageHeader title={t('publicPage.mails.title')} back={back} />
        {query.error ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton active />}
      </>
    );
  return (
    <>
      <PageHeader title={mail.subject || t('publicPage.mails.unknown')} back={back} aside={<MailState mail={mail} />} />
      <Section title={t('publicPage.mails.title')} aside={<a href={originalAddress(id)}>{t('publicPage.mails.original')}</a>}>
        <MailFacts mail={mail} />
        <Settle mail={mail} />
      </Section>
      <Section title={t('publicPage.mails.text')}>
        {mail.text ? <p style={{ whiteSpace: 'pre-wrap' }}>{mail.text}</p> : <p className="fb-soft">{t('publicPage.mails.noText')}</p>}
      </Section>
    </>
  );
}
