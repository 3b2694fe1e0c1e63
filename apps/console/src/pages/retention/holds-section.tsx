import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { askRelease, decideRelease, findHold, listHolds, type Hold } from './api.ts';
import { DecisionButtons } from './decision-buttons.tsx';
import { HoldForm } from './hold-form.tsx';
import { useAct, useChanges } from './use-retention.ts';
import type { Service } from '../../api/service.ts';

interface OfHold {
  readonly service: Service;
  readonly hold: Hold;
}

/** What was written of it; shown when somebody asks, because that is recorded. */
function Reasons({ service, hold }: OfHold): ReactNode {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  const read = useQuery({
    queryKey: ['retention', 'hold', service, hold.id, hold.releaseAskedAt],
    queryFn: ({ signal }) => findHold(service, hold.id, signal),
    enabled: isShown,
    staleTime: Infinity,
  });
  if (!isShown)
    return (
      <Button type="link" size="small" onClick={() => setIsShown(true)}>
        {t('retention.showReason')}
      </Button>
    );
  if (read.error) return <ProblemAlert error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton active title={false} paragraph={{ rows: 1 }} />;
  const { reason, releaseReason } = read.data;
  return (
    <Facts
      items={[
        { label: t('retention.reason'), value: reason },
        ...(releaseReason === null ? [] : [{ label: t('retention.releaseReason'), value: releaseReason }]),
      ]}
    />
  );
}

function Release({ service, hold }: OfHold): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const [isAsking, setIsAsking] = useState(false);
  const ask = useAct(
    (reason: string, key) => askRelease(service, hold.id, reason, key),
    () => setIsAsking(false),
  );
  const { releaseAskedBy } = hold;
  if (releaseAskedBy !== null)
    return (
      <>
        <p>{t('retention.releaseWaiting', { who: person(releaseAskedBy) })}</p>
        <DecisionButtons proposedBy={releaseAskedBy} decide={(decision, key) => decideRelease(service, hold.id, decision, key)} />
      </>
    );
  return (
    <>
      <Button size="small" onClick={() => setIsAsking(true)}>
        {t('retention.askRelease')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={t('retention.askRelease')}
          help={t('retention.askReleaseHelp')}
          label={t('retention.reason')}
          needed={t('retention.reasonNeeded')}
          confirm={t('retention.askRelease')}
          isSending={ask.isPending}
          error={ask.error}
          onSend={(reason) => ask.mutate(reason)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

/** What must not be destroyed. */
export function HoldsSection({ service }: { readonly service: Service }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayChange = useChanges(service);
  const [isPlacing, setIsPlacing] = useState(false);
  const holds = usePages(['retention', 'holds', service], (cursor, signal) => listHolds(service, cursor, signal));
  const columns: Column<Hold>[] = [
    {
      key: 'scope',
      title: t('retention.scope'),
      onCard: 'head',
      render: ({ scope, value, from, to }) => (
        <>
          {t(`retention.scopeName.${scope}`)} <strong>{value}</strong>
          {(from ?? to) !== null && <div className="fb-soft">{t('retention.period', { from: from ?? '…', to: to ?? '…' })}</div>}
        </>
      ),
    },
    {
      key: 'placed',
      title: t('retention.placed'),
      render: ({ placedBy, placedAt }) => (
        <>
          <Instant at={placedAt} timeZone={READER_ZONE} /> <span className="fb-soft">{person(placedBy)}</span>
        </>
      ),
    },
    { key: 'reason', title: t('retention.reason'), render: (hold) => <Reasons service={service} hold={hold} /> },
    ...(mayChange
      ? [{ key: 'release', title: t('retention.askRelease'), render: (hold: Hold) => <Release service={service} hold={hold} /> }]
      : []),
  ];
  return (
    <Section
      title={t('retention.holds')}
      aside={
        mayChange && (
          <Space>
            <Button onClick={() => setIsPlacing(true)}>{t('retention.hold')}</Button>
          </Space>
        )
      }
    >
      {holds.error && <ProblemAlert error={holds.error} onRetry={holds.retry} />}
      <DataTable
        label={t('retention.holds')}
        columns={columns}
        rows={holds.items}
        rowKey={({ id }) => id}
        isLoading={holds.isLoading}
        empty={{ title: t('retention.holdsEmpty'), help: t('retention.holdsEmptyHelp') }}
      />
      <MoreRows {...holds.more} />
      {isPlacing && <HoldForm service={service} onClose={() => setIsPlacing(false)} />}
    </Section>
  );
}
