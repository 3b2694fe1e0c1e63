import { Button, Form, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { AGENCIES } from './api.ts';
import { EntryDialog, useNeeded } from './entry-dialog.tsx';
import { listDevices, registerDevice, retireDevice, type Device } from './registry-api.ts';

const KINDS = ['phone', 'line', 'im-account', 'email-account'] as const;

interface Fields {
  readonly deviceId: string;
  readonly kind: (typeof KINDS)[number];
  readonly collectorId: string;
  readonly reason: string;
}

function DeviceFields({ agency, isNew }: { readonly agency: AgencyView; readonly isNew: boolean }): ReactNode {
  const { t } = useTranslation();
  const needed = useNeeded();
  if (!isNew)
    return (
      <Form.Item name="reason" label={t('registry.reason')} rules={needed}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    );
  return (
    <>
      <Form.Item name="deviceId" label={t('registry.device.id')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="kind" label={t('registry.device.kind')} rules={needed}>
        <Select options={KINDS.map((value) => ({ value, label: t(`registry.device.of.${value}`) }))} />
      </Form.Item>
      <Form.Item name="collectorId" label={t('registry.device.holder')} rules={needed}>
        <Select
          showSearch
          options={agency.staff
            .filter(({ active }) => active)
            .map(({ collectorId, name }) => ({ value: collectorId, label: `${collectorId} ${name}` }))}
        />
      </Form.Item>
    </>
  );
}

/** The telephones, lines and accounts of the agency. */
export function DevicesTab({ agency }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const { agencyId } = agency;
  const mayWrite = useMay('collections.registerAgencyDevice');
  const [open, setOpen] = useState<Device | 'new' | null>(null);
  const pages = usePages([...AGENCIES, agencyId, 'devices'], listDevices(agencyId));
  const columns: Column<Device>[] = [
    { key: 'id', title: t('registry.device.id'), onCard: 'head', render: ({ deviceId }) => <code>{deviceId}</code> },
    { key: 'kind', title: t('registry.device.kind'), render: ({ kind }) => t(`registry.device.of.${kind}`) },
    { key: 'holder', title: t('registry.device.holder'), render: ({ collectorIds }) => collectorIds.join(t('common.listSeparator')) },
    {
      key: 'state',
      title: t('registry.device.state'),
      render: ({ active, elsewhere }) => (
        <div className="fb-standing">
          <StateTag tone={active ? 'good' : 'quiet'}>{active ? t('registry.device.active') : t('registry.device.retired')}</StateTag>
          {elsewhere && <StateTag tone="bad">{t('registry.device.elsewhere')}</StateTag>}
        </div>
      ),
    },
    ...(mayWrite
      ? [
          {
            key: 'retire',
            title: t('registry.actions'),
            render: (device: Device) => device.active && <Button onClick={() => setOpen(device)}>{t('registry.device.retire')}</Button>,
          },
        ]
      : []),
  ];
  const add = mayWrite && (
    <Button type="primary" onClick={() => setOpen('new')}>
      {t('registry.device.add')}
    </Button>
  );
  if (pages.error) return <ProblemAlert error={pages.error} onRetry={pages.retry} />;
  return (
    <>
      {pages.items.length > 0 && <div className="fb-list-filter">{add}</div>}
      <DataTable
        label={t('registry.tab.devices')}
        columns={columns}
        rows={pages.items}
        rowKey={({ deviceId }) => deviceId}
        isLoading={pages.isLoading}
        empty={{ title: t('registry.device.empty'), help: t('registry.device.emptyHelp'), action: add }}
      />
      <MoreRows {...pages.more} />
      {open && (
        <EntryDialog<Fields>
          title={open === 'new' ? t('registry.device.add') : `${t('registry.device.retire')} · ${open.deviceId}`}
          {...(open !== 'new' && { help: t('registry.device.retireHelp') })}
          isDanger={open !== 'new'}
          send={({ deviceId, kind, collectorId, reason }, key) =>
            open === 'new'
              ? registerDevice(agencyId, { deviceId, kind, collectorId }, key)
              : retireDevice(agencyId, open.deviceId, reason, key)
          }
          onClose={() => setOpen(null)}
        >
          <DeviceFields agency={agency} isNew={open === 'new'} />
        </EntryDialog>
      )}
    </>
  );
}
