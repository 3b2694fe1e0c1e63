import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import { useMay, useSession } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { templateQuery, TEMPLATES, type Template } from './api.ts';
import { TemplateState } from './bits.tsx';

interface VersionProps {
  readonly template: Template;
}

const pathOf = ({ templateId, version }: Template) => ({ path: { templateId, version } });

function Approve({ template }: VersionProps): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { subject } = useSession();
  const [key] = useState(newKey);
  const approve = useMutation({
    mutationFn: () =>
      take(
        collections.POST('/v1/message-templates/{templateId}/versions/{version}/approval', {
          params: { ...pathOf(template), header: { 'Idempotency-Key': key } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: TEMPLATES }),
  });
  if (template.author === subject) return <p className="fb-soft">{t('message.template.ownVersion')}</p>;
  return (
    <>
      <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate()}>
        {t('message.template.approve')}
      </Button>
      {approve.error && <ProblemAlert error={approve.error} />}
    </>
  );
}

function Retire({ template }: VersionProps): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [isOpen, setIsOpen] = useState(false);
  const retire = useMutation({
    mutationFn: (reason: string) =>
      take(
        collections.POST('/v1/message-templates/{templateId}/versions/{version}/retirement', {
          body: { reason },
          params: { ...pathOf(template), header: { 'Idempotency-Key': key } },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: TEMPLATES });
      setIsOpen(false);
    },
  });
  return (
    <>
      <Button danger onClick={() => setIsOpen(true)}>
        {t('message.template.retire')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('message.template.retire')}
          help={t('message.template.retireHelp')}
          label={t('message.template.reason')}
          needed={t('message.template.needReason')}
          confirm={t('message.template.retire')}
          isDanger
          isSending={retire.isPending}
          error={retire.error}
          onSend={retire.mutate}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

function Words({ template }: VersionProps): ReactNode {
  const { t } = useTranslation();
  if (template.blocks === null) return <p className="fb-message-text">{template.text}</p>;
  return (
    <ul className="fb-lines">
      {template.blocks.map(({ kind, text }) => (
        <li key={`${kind} ${text}`}>
          <strong>{t(`message.block.${kind}`)}</strong>
          <p className="fb-message-text">{text}</p>
        </li>
      ))}
    </ul>
  );
}

function Preview({ template }: VersionProps): ReactNode {
  const { t } = useTranslation();
  const [caseId, setCaseId] = useState('');
  const preview = useMutation({
    mutationFn: () =>
      take(
        collections.POST('/v1/message-previews', {
          body: { templateId: template.templateId, version: template.version, caseId: caseId.trim() },
        }),
      ),
  });
  return (
    <>
      <h3>{t('message.template.preview')}</h3>
      <form
        className="fb-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (caseId.trim() !== '') preview.mutate();
        }}
      >
        <Input
          className="fb-select"
          aria-label={t('message.template.caseId')}
          placeholder={t('message.template.caseId')}
          value={caseId}
          maxLength={200}
          onChange={({ target }) => setCaseId(target.value)}
        />
        <Button htmlType="submit" loading={preview.isPending}>
          {t('message.template.show')}
        </Button>
      </form>
      {preview.error && <ProblemAlert error={preview.error} />}
      {!preview.data && !preview.error && <p className="fb-soft">{t('message.template.empty')}</p>}
      {preview.data && (
        <div className="fb-note">
          <strong>{preview.data.title}</strong>
          <p className="fb-message-text">{preview.data.text}</p>
          {preview.data.missing.length > 0 && (
            <p className="fb-soft">{t('message.template.missing', { names: preview.data.missing.join(t('common.listSeparator')) })}</p>
          )}
        </div>
      )}
    </>
  );
}

function Version({ template }: VersionProps): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayDecide = useMay('collections.approveMessageTemplate');
  const mayPreview = useMay('collections.previewMessage');
  const { version, state, title, variables, author, createdAt, approvedBy, approvedAt } = template;
  return (
    <Section title={t('message.template.version', { version })} aside={<TemplateState state={state} />}>
      <p className="fb-first">
        <strong>{title}</strong>
      </p>
      <Words template={template} />
      <p className="fb-soft">
        {t('message.template.variables')}:{' '}
        {variables.length === 0 ? t('message.template.noVariables') : variables.join(t('common.listSeparator'))}
      </p>
      <p className="fb-soft">
        {person(author)} · <Instant at={createdAt} timeZone={READER_ZONE} />
        {approvedBy !== null && approvedAt !== null && (
          <>
            {' · '}
            {t('message.template.approved', { by: person(approvedBy) })}{' '}
            <Instant at={approvedAt} timeZone={READER_ZONE} withRelative={false} />
          </>
        )}
      </p>
      {mayDecide && state !== 'retired' && (
        <div className="fb-row">
          {state === 'draft' && <Approve template={template} />}
          <Retire template={template} />
        </div>
      )}
      {mayPreview && <Preview template={template} />}
    </Section>
  );
}

/** A template with all its versions, the newest first. */
export function TemplatePage(): ReactNode {
  const { t } = useTranslation();
  const { templateId = '' } = useParams();
  const { data, error, refetch } = useQuery(templateQuery(templateId));
  const mayWrite = useMay('collections.createMessageTemplate');
  const back = { to: '/messages', label: t('message.template.back') };
  if (!data && !error) return <PageLoading />;
  const versions = data?.items.toReversed() ?? [];
  const [newest] = versions;
  return (
    <>
      <PageHeader
        title={t('message.template.title', { id: templateId })}
        back={back}
        aside={newest && t(`message.channel.${newest.channel}`)}
        actions={
          mayWrite &&
          newest && (
            <LinkButton to={`/messages/new?templateId=${encodeURIComponent(templateId)}`}>{t('message.template.newVersion')}</LinkButton>
          )
        }
      />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && versions.length === 0 && <Empty title={t('message.template.none')} />}
      {versions.map((template) => (
        <Version key={template.version} template={template} />
      ))}
    </>
  );
}
