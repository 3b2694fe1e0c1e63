import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { useName } from '../../i18n/use-name.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { listKeys, proveRecord, type Proof } from './api.ts';
import { checkRecord } from './check.ts';
import { Outcomes } from './outcomes.tsx';
import { isService, type Service } from '../../api/service.ts';

function Check({ service, proof }: { readonly service: Service; readonly proof: Proof }): ReactNode {
  const { t } = useTranslation();
  const check = useMutation({ mutationFn: async () => checkRecord(proof, (await listKeys(service)).items) });
  const { size, keyId } = proof.head;
  return (
    <Section title={t('evidence.checked')}>
      <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
        {check.data ? t('evidence.checkAgain') : t('evidence.check')}
      </Button>
      {check.error && <ProblemAlert error={check.error} />}
      {check.data && (
        <Outcomes
          checks={(['hash', 'included', 'signed'] as const).map((what) => ({ what, outcome: check.data[what] }))}
          means={(outcome) => t(`evidence.means.${outcome}`, { size })}
          keyId={keyId}
        />
      )}
    </Section>
  );
}

function Found({ service, id }: { readonly service: Service; readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const name = useName();
  const { data, error, refetch } = useQuery({
    queryKey: ['evidence', 'proof', service, id],
    queryFn: ({ signal }) => proveRecord(service, id, signal),
    // What was once proved stays so, and every read of it is recorded.
    staleTime: Infinity,
  });
  const back = { to: `/evidence?service=${service}`, label: t('evidence.back') };
  if (error) {
    return (
      <>
        <PageHeader title={t('evidence.record')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!data) return <PageLoading />;
  const { record, position, head } = data;
  const text = (part: string): string => (typeof record[part] === 'string' ? record[part] : '');
  return (
    <>
      <PageHeader title={t('evidence.record')} back={back} lead={name('evidence.kindName', text('kind'))} />
      <Check service={service} proof={data} />
      <Section title={t('evidence.content')}>
        <Facts
          items={[
            { label: t('evidence.id'), value: <code className="fb-id">{id}</code> },
            { label: t('evidence.recordedAt'), value: <Instant at={text('at')} timeZone={READER_ZONE} withSeconds /> },
            { label: t('evidence.actor'), value: person(text('actor')) },
            { label: t('evidence.place'), value: `${position} / ${head.size}` },
            { label: t('evidence.root'), value: <code className="fb-id">{head.rootHash}</code> },
          ]}
        />
        {/* Scrolls within itself; reachable by keyboard for that. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre className="fb-evidence-record" tabIndex={0}>
          {JSON.stringify(record, null, 2)}
        </pre>
      </Section>
    </>
  );
}

/** One record of evidence with its proof, checked by whoever looks at it. */
export function RecordPage(): ReactNode {
  const { service = '', id = '' } = useParams();
  return isService(service) ? <Found key={id} service={service} id={id} /> : <Navigate to="/evidence" replace />;
}
