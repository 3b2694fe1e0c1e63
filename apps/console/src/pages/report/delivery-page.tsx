import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { KIND_NAMES } from './api.ts';
import { Deliveries } from './deliveries.tsx';
import { listTargets, removeTarget, type Target } from './delivery-api.ts';
import { Failed } from './failed.tsx';
import './report.css';
import { ReportTabs } from './tabs.tsx';
import { TargetDrawer } from './target-drawer.tsx';
import { useBoth } from './use-both.ts';
import { SERVICES } from '../../api/service.ts';

function useColumns(): Column<Target>[] {
  const { t } = useTranslation();
  const person = usePerson();
  return [
    {
      key: 'name',
      title: t('report.target.name'),
      onCard: 'head',
      render: ({ name, service }) => (
        <>
          <strong>{name}</strong> <span className="fb-soft">{t(`report.target.service.${service}`)}</span>
        </>
      ),
    },
    {
      key: 'address',
      title: t('report.target.channel.label'),
      render: ({ channel, address }) => (
        <>
          {t(`report.target.channel.${channel}`)} {channel !== 'portal' && <code className="fb-trace">{address}</code>}
        </>
      ),
    },
    {
      key: 'kinds',
      title: t('report.target.kinds'),
      render: ({ kinds, audience }) => (
        <>
          {kinds === null
            ? t('report.target.allKinds')
            : KIND_NAMES.filter((kind) => kinds.includes(kind))
                .map((kind) => t(`report.kindName.${kind}`))
                .join(t('common.listSeparator'))}
          {audience !== null && <div className="fb-soft">{t(`report.audience.${audience}`)}</div>}
        </>
      ),
    },
    {
      key: 'created',
      title: t('report.target.since'),
      render: ({ createdAt, createdBy }) => (
        <>
          <Instant at={createdAt} timeZone={READER_ZONE} withRelative={false} /> <span className="fb-soft">{person(createdBy)}</span>
        </>
      ),
    },
  ];
}

function Targets({ onNew }: { readonly onNew: () => void }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const targets = useBoth('listReportTargets', [], listTargets);
  const remove = useMutation({ mutationFn: removeTarget, onSuccess: () => queries.invalidateQueries({ queryKey: ['reports'] }) });
  const mayKeep = SERVICES.some((service) => may(session, `${service}.createReportTarget`));
  const columns = useColumns();
  const create = mayKeep && (
    <Button type="primary" onClick={onNew}>
      {t('report.target.create')}
    </Button>
  );
  const act: Column<Target> = {
    key: 'act',
    title: t('report.act'),
    render: (target) =>
      may(session, `${target.service}.removeReportTarget`) && (
        <Popconfirm
          title={t('report.target.removeHelp')}
          okText={t('report.target.remove')}
          cancelText={t('common.cancel')}
          onConfirm={() => remove.mutate(target)}
        >
          <Button size="small">{t('report.target.remove')}</Button>
        </Popconfirm>
      ),
  };
  return (
    <Section title={t('report.target.title')} aside={targets.items.length > 0 && create}>
      {remove.error && <ProblemAlert error={remove.error} />}
      <Failed of={targets} />
      <DataTable
        label={t('report.target.title')}
        columns={mayKeep ? [...columns, act] : columns}
        rows={targets.items}
        rowKey={({ id }) => id}
        isLoading={targets.isLoading}
        empty={{ title: t('report.target.empty'), help: t('report.target.emptyHelp'), action: create }}
      />
      <MoreRows {...targets.more} />
    </Section>
  );
}

/** Where signed reports go, and whether they got there. */
export function DeliveryPage(): ReactNode {
  const { t } = useTranslation();
  const [isNew, setIsNew] = useState(false);
  return (
    <>
      <PageHeader title={t('report.title')} lead={t('report.target.lead')} />
      <ReportTabs />
      <Targets onNew={() => setIsNew(true)} />
      <Section title={t('report.delivery.title')}>
        <Deliveries />
      </Section>
      {isNew && <TargetDrawer onClose={() => setIsNew(false)} />}
    </>
  );
}
