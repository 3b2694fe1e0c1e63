import { Button, Form, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { AGENCIES } from './api.ts';
import { EntryDialog, useNeeded } from './entry-dialog.tsx';
import { listTrainings, noteTraining, type Training } from './registry-api.ts';

interface Fields {
  readonly heldOn: string;
  readonly subject: string;
  readonly hours: string;
  readonly passed?: string[];
  readonly failed?: string[];
}

const RESULTS = ['passed', 'failed', 'absent'] as const;

/** The trainings of the agency: at least yearly. */
export function TrainingTab({ agency }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const { agencyId } = agency;
  const needed = useNeeded();
  const mayWrite = useMay('collections.noteAgencyTraining');
  const [isOpen, setIsOpen] = useState(false);
  const pages = usePages([...AGENCIES, agencyId, 'trainings'], listTrainings(agencyId));
  const people = agency.staff
    .filter(({ active }) => active)
    .map(({ collectorId, name }) => ({ value: collectorId, label: `${collectorId} ${name}` }));
  const columns: Column<Training>[] = [
    { key: 'on', title: t('registry.training.on'), onCard: 'head', render: ({ heldOn }) => heldOn },
    { key: 'subject', title: t('registry.training.subject'), onCard: 'head', render: ({ subject }) => subject },
    { key: 'hours', title: t('registry.training.hours'), render: ({ hours }) => hours },
    {
      key: 'attendants',
      title: t('registry.training.attendants'),
      render: ({ attendants }) =>
        RESULTS.map((result) => ({ result, count: attendants.filter((one) => one.result === result).length }))
          .filter(({ count }) => count > 0)
          .map(({ result, count }) => t(`registry.training.${result}`, { count }))
          .join(t('common.listSeparator')),
    },
  ];
  const add = mayWrite && (
    <Button type="primary" onClick={() => setIsOpen(true)}>
      {t('registry.training.add')}
    </Button>
  );
  if (pages.error) return <ProblemAlert error={pages.error} onRetry={pages.retry} />;
  return (
    <>
      {pages.items.length > 0 && <div className="fb-list-filter">{add}</div>}
      <DataTable
        label={t('registry.tab.training')}
        columns={columns}
        rows={pages.items}
        rowKey={({ id }) => id}
        isLoading={pages.isLoading}
        empty={{ title: t('registry.training.empty'), help: t('registry.training.emptyHelp'), action: add }}
      />
      <MoreRows {...pages.more} />
      {isOpen && (
        <EntryDialog<Fields>
          title={t('registry.training.add')}
          send={({ heldOn, subject, hours, passed = [], failed = [] }, key) => {
            const attendants = [
              ...passed.map((collectorId) => ({ collectorId, result: 'passed' as const })),
              ...failed.map((collectorId) => ({ collectorId, result: 'failed' as const })),
            ];
            return noteTraining(agencyId, { heldOn, subject, hours, attendants }, key);
          }}
          onClose={() => setIsOpen(false)}
        >
          <div className="fb-halves">
            <Form.Item name="heldOn" label={t('registry.training.on')} rules={needed}>
              <MomentInput />
            </Form.Item>
            <Form.Item name="hours" label={t('registry.training.hours')} rules={needed}>
              <Input inputMode="decimal" maxLength={6} />
            </Form.Item>
          </div>
          <Form.Item name="subject" label={t('registry.training.subject')} rules={needed}>
            <Input maxLength={400} />
          </Form.Item>
          <Form.Item name="passed" label={t('registry.training.passedWho')} rules={needed}>
            <Select mode="multiple" options={people} />
          </Form.Item>
          <Form.Item name="failed" label={t('registry.training.failedWho')}>
            <Select mode="multiple" options={people} />
          </Form.Item>
        </EntryDialog>
      )}
    </>
  );
}
