import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import type { AgencyView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { AGENCIES } from './api.ts';
import { EntryDialog, useNeeded } from './entry-dialog.tsx';
import { checkToday, judgeFinding, listFindings, type Finding } from './registry-api.ts';

const TONES = { open: 'wait', confirmed: 'bad', unfounded: 'quiet' } as const;
// What the register shows by itself: there are no contacts to count.
const OF_REGISTER: readonly Finding['kind'][] = ['device-two-agencies', 'person-two-agencies', 'other-employer'];
type Verdict = 'confirmed' | 'unfounded';

function Evidence({ finding }: { readonly finding: Finding }): ReactNode {
  const { t } = useTranslation();
  const all = (pick: (day: Finding['evidence'][number]) => readonly string[]): string =>
    [...new Set(finding.evidence.flatMap(pick))].join(t('common.listSeparator'));
  const parts = [
    [t('registry.finding.who'), all(({ collectorIds }) => collectorIds)],
    [t('registry.finding.tools'), all(({ deviceIds }) => deviceIds)],
    [t('registry.finding.agencies'), all(({ agencyIds }) => (agencyIds.length > 1 ? agencyIds : []))],
    [t('registry.staff.employer'), all(({ employer }) => (employer === null ? [] : [employer]))],
  ].filter(([, value]) => value !== '');
  return parts.map(([label, value]) => (
    <div key={label}>
      <span className="fb-soft">{label}</span> {value}
    </div>
  ));
}

/** What points at sub-contracting by this agency, and what people of the bank say of it. */
export function FindingsTab({ agency: { agencyId } }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const needed = useNeeded();
  const queries = useQueryClient();
  const mayJudge = useMay('collections.judgeAgencyFinding');
  const mayCheck = useMay('collections.checkAgencies');
  const [open, setOpen] = useState<{ finding: Finding; verdict: Verdict } | null>(null);
  const check = useMutation({ mutationFn: () => checkToday(newKey()), onSuccess: () => queries.invalidateQueries({ queryKey: AGENCIES }) });
  const pages = usePages([...AGENCIES, agencyId, 'findings'], listFindings(agencyId));
  const columns: Column<Finding>[] = [
    { key: 'kind', title: t('registry.tab.findings'), onCard: 'head', render: ({ kind }) => t(`registry.finding.kind.${kind}`) },
    {
      key: 'state',
      title: t('registry.device.state'),
      onCard: 'corner',
      render: ({ state }) => <StateTag tone={TONES[state]}>{t(`registry.finding.state.${state}`)}</StateTag>,
    },
    { key: 'about', title: t('registry.finding.about'), render: ({ about }) => <code>{about}</code> },
    {
      key: 'seen',
      title: t('registry.contract.period'),
      render: ({ kind, firstSeenOn, lastSeenOn, seen }) => (
        <>
          {t('registry.finding.days', { from: firstSeenOn, to: lastSeenOn })}{' '}
          <span className="fb-soft">
            {OF_REGISTER.includes(kind) ? t('registry.finding.inRegister') : t('registry.finding.seen', { count: seen })}
          </span>
        </>
      ),
    },
    { key: 'evidence', title: t('registry.finding.evidence'), render: (finding) => <Evidence finding={finding} /> },
    { key: 'reason', title: t('registry.reason'), render: ({ reason }) => reason ?? '–' },
    ...(mayJudge
      ? [
          {
            key: 'judge',
            title: t('registry.actions'),
            render: (finding: Finding) =>
              finding.state === 'open' && (
                <div className="fb-row">
                  <Button danger onClick={() => setOpen({ finding, verdict: 'confirmed' })}>
                    {t('registry.finding.confirm')}
                  </Button>
                  <Button onClick={() => setOpen({ finding, verdict: 'unfounded' })}>{t('registry.finding.dismiss')}</Button>
                </div>
              ),
          },
        ]
      : []),
  ];
  if (pages.error) return <ProblemAlert error={pages.error} onRetry={pages.retry} />;
  return (
    <>
      <p className="fb-first fb-soft">{t('registry.finding.lead')}</p>
      {mayCheck && (
        <div className="fb-list-filter">
          <Button loading={check.isPending} onClick={() => check.mutate()}>
            {t('registry.finding.check')}
          </Button>
        </div>
      )}
      {check.error && <ProblemAlert error={check.error} />}
      <DataTable
        label={t('registry.tab.findings')}
        columns={columns}
        rows={pages.items}
        rowKey={({ id }) => id}
        isLoading={pages.isLoading}
        empty={{ title: t('registry.finding.empty'), help: t('registry.finding.emptyHelp') }}
      />
      <MoreRows {...pages.more} />
      {open && (
        <EntryDialog<{ reason: string }>
          title={t(open.verdict === 'confirmed' ? 'registry.finding.confirm' : 'registry.finding.dismiss')}
          isDanger={open.verdict === 'confirmed'}
          send={({ reason }, key) => judgeFinding(open.finding.id, { verdict: open.verdict, reason }, key)}
          onClose={() => setOpen(null)}
        >
          <Form.Item name="reason" label={t('registry.reason')} rules={needed}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
        </EntryDialog>
      )}
    </>
  );
}
