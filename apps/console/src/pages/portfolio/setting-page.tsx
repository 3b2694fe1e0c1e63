import { useQuery } from '@tanstack/react-query';
import { Button, Form, InputNumber, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import { useLanguage } from '../../i18n/index.ts';
import { may, useSession } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { PortfolioTabs } from './tabs.tsx';
import { header } from './wire.ts';

type Setting = components['schemas']['EntrustmentSettingView'];
type SettingRequest = components['schemas']['EntrustmentSettingRequest'];
type Capacity = components['schemas']['CapacityView'];
const HOLDS = ['plan-active', 'objection-open', 'complaint-hold', 'cease', 'legal-rep', 'deceased', 'incapacity', 'insolvency'] as const;
const NUMBERS = ['noticeHours', 'fourEyesAbove', 'pointStaleDays', 'maxShareNumber', 'maxShareAmount'] as const;

function SettingDrawer({ setting, onClose }: { readonly setting: Setting; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<SettingRequest, Setting>
      title={t('portfolio.setting.title')}
      confirm={t('portfolio.setting.save')}
      initial={setting as Partial<SettingRequest>}
      touches={['entrustment-settings']}
      send={({ holdKinds, ...fields }) =>
        take(
          collections.PUT('/v1/entrustment-settings', {
            body: { ...fields, holdKinds: holdKinds && holdKinds.length > 0 ? holdKinds : null },
          }),
        )
      }
      onClose={onClose}
    >
      {NUMBERS.map((name) => (
        <Form.Item key={name} name={name} label={t(`portfolio.setting.${name}`)} extra={t(`portfolio.setting.${name}Help`)}>
          <InputNumber min={name === 'pointStaleDays' ? 1 : 0} precision={0} className="fb-full" />
        </Form.Item>
      ))}
      <Form.Item name="holdKinds" label={t('portfolio.setting.holdKinds')} extra={t('portfolio.setting.holdKindsHelp')}>
        <Select mode="multiple" options={HOLDS.map((value) => ({ value, label: t(`cases.holds.kind.${value}`) }))} />
      </Form.Item>
    </AskDrawer>
  );
}

function CapacityDrawer({ of, onClose }: { readonly of: Capacity; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<{ readonly maxOpenCases: number | null }, Capacity>
      title={t('portfolio.setting.capacityOf', { name: of.name })}
      help={t('portfolio.setting.capacityHelp')}
      confirm={t('portfolio.setting.save')}
      initial={{ maxOpenCases: of.maxOpenCases }}
      touches={['entrustment-capacities']}
      send={({ maxOpenCases = null }, key) =>
        take(
          collections.POST('/v1/agencies/{agencyId}/capacity', {
            params: { path: { agencyId: of.agencyId }, header: header(key) },
            body: { maxOpenCases },
          }),
        )
      }
      onClose={onClose}
    >
      <Form.Item name="maxOpenCases" label={t('portfolio.setting.capacity')}>
        <InputNumber min={0} max={10_000_000} precision={0} className="fb-full" />
      </Form.Item>
    </AskDrawer>
  );
}

function Capacities(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const session = useSession();
  const [edited, setEdited] = useState<Capacity | null>(null);
  const { data, isPending } = useQuery({
    queryKey: ['entrustment-capacities'],
    queryFn: ({ signal }) => take(collections.GET('/v1/entrustment-capacities', { signal })),
  });
  const columns: Column<Capacity>[] = [
    { key: 'agency', title: t('portfolio.agency'), onCard: 'head', render: ({ name, agencyId }) => `${name} (${agencyId})` },
    { key: 'has', title: t('portfolio.setting.has'), align: 'end', render: ({ openCases }) => formatCount(openCases, language) },
    { key: 'waits', title: t('portfolio.setting.waits'), align: 'end', render: ({ waiting }) => formatCount(waiting, language) },
    {
      key: 'max',
      title: t('portfolio.setting.capacity'),
      align: 'end',
      render: ({ maxOpenCases }) => (maxOpenCases === null ? t('portfolio.noLimit') : formatCount(maxOpenCases, language)),
    },
    {
      key: 'act',
      title: t('portfolio.act'),
      render: (row) =>
        may(session, 'collections.setCapacity') && (
          <Button size="small" onClick={() => setEdited(row)}>
            {t('portfolio.setting.change')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <DataTable
        label={t('portfolio.setting.capacity')}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ agencyId }) => agencyId}
        isLoading={isPending}
        empty={{ title: t('agency.empty'), help: t('agency.emptyHelp') }}
      />
      {edited && <CapacityDrawer of={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

/** What the institution asks of its entrusting, and how many cases each agency may have. */
export function SettingPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [isEditing, setIsEditing] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['entrustment-settings'],
    queryFn: ({ signal }) => take(collections.GET('/v1/entrustment-settings', { signal })),
  });
  const shown = (value: number | null): string => (value === null ? t('portfolio.noLimit') : String(value));
  return (
    <>
      <PageHeader title={t('portfolio.setting.title')} lead={t('portfolio.setting.lead')} />
      <PortfolioTabs />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && (
        <Section
          title={t('portfolio.setting.title')}
          aside={
            may(session, 'collections.setEntrustmentSettings') && (
              <Button onClick={() => setIsEditing(true)}>{t('portfolio.setting.change')}</Button>
            )
          }
        >
          <Facts
            items={[
              ...NUMBERS.map((name) => ({ label: t(`portfolio.setting.${name}`), value: shown(data[name]) })),
              {
                label: t('portfolio.setting.holdKinds'),
                value:
                  data.holdKinds === null
                    ? t('common.all')
                    : data.holdKinds.map((kind) => t(`cases.holds.kind.${kind}`)).join(t('common.listSeparator')),
              },
            ]}
          />
        </Section>
      )}
      <Capacities />
      {isEditing && data && <SettingDrawer setting={data} onClose={() => setIsEditing(false)} />}
    </>
  );
}
