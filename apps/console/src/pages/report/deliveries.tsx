import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { may, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import type { Report } from './api.ts';
import { listDeliveries, retryDelivery, type Delivery } from './delivery-api.ts';
import { Failed } from './failed.tsx';
import { useBoth } from './use-both.ts';

// A report is of one service: the other one has none of its deliveries.
const NOTHING = Promise.resolve({ items: [], nextCursor: null });

const TONES: Readonly<Record<Delivery['state'], Tone>> = { waiting: 'busy', delivered: 'good', failed: 'bad', dropped: 'quiet' };

function useColumns(withReport: boolean): Column<Delivery>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'target',
      title: t('report.target.one'),
      onCard: 'head',
      render: ({ targetName, channel }) => (
        <>
          <strong>{targetName}</strong> <span className="fb-soft">{t(`report.target.channel.${channel}`)}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('report.stateTitle'),
      onCard: 'corner',
      render: ({ state }) => <StateTag tone={TONES[state]}>{t(`report.delivery.state.${state}`)}</StateTag>,
    },
    ...(withReport
      ? [
          {
            key: 'report',
            title: t('report.kind'),
            render: ({ service, reportId }: Delivery) => <Link to={`/reports/${service}/${reportId}`}>{t('report.delivery.open')}</Link>,
          },
        ]
      : []),
    {
      key: 'tries',
      title: t('report.delivery.tries'),
      align: 'end',
      render: ({ tries }) => t('report.delivery.triesCount', { count: tries }),
    },
    {
      key: 'said',
      title: t('report.delivery.said'),
      render: ({ state, dueAt, error, receipt, endedAt }) => (
        <>
          {state !== 'delivered' && error !== null && <div>{error}</div>}
          {receipt !== null && <div>{receipt}</div>}
          {state === 'waiting' && dueAt !== null && (
            <div className="fb-soft">
              {t('report.delivery.next')} <Instant at={dueAt} timeZone={READER_ZONE} />
            </div>
          )}
          {endedAt !== null && <Instant at={endedAt} timeZone={READER_ZONE} />}
        </>
      ),
    },
  ];
}

/** What was delivered and what waits, of one report or of all; what was given up may be tried once more. */
export function Deliveries({ of = null }: { readonly of?: Pick<Report, 'service' | 'id'> | null }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const deliveries = useBoth('listReportDeliveries', [of?.id ?? null], (service, cursor, signal) =>
    of === null || of.service === service ? listDeliveries(service, of?.id, cursor, signal) : NOTHING,
  );
  const retry = useMutation({ mutationFn: retryDelivery, onSuccess: () => queries.invalidateQueries({ queryKey: ['reports'] }) });
  const columns = useColumns(of === null);
  const again: Column<Delivery> = {
    key: 'act',
    title: t('report.act'),
    render: (row) =>
      row.state === 'failed' &&
      may(session, `${row.service}.retryReportDelivery`) && (
        <Button size="small" loading={retry.isPending && retry.variables.id === row.id} onClick={() => retry.mutate(row)}>
          {t('report.delivery.retry')}
        </Button>
      ),
  };
  return (
    <>
      {retry.error && <ProblemAlert error={retry.error} />}
      <Failed of={deliveries} />
      <DataTable
        label={t('report.delivery.title')}
        columns={deliveries.items.some(({ state }) => state === 'failed') ? [...columns, again] : columns}
        rows={deliveries.items}
        rowKey={({ id }) => id}
        isLoading={deliveries.isLoading}
        empty={{ title: t('report.delivery.empty'), help: t(of === null ? 'report.delivery.emptyHelp' : 'report.delivery.emptyOne') }}
      />
      <MoreRows {...deliveries.more} />
    </>
  );
}
