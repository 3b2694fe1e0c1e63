import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LookbackView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useName } from '../../i18n/use-name.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { readFindings, type Finding } from './finding-stream.ts';

const PAGE_SIZE = 50;

function useColumns(): Column<Finding>[] {
  const { t } = useTranslation();
  const name = useName();
  return [
    { key: 'attempt', title: t('lookback.list.attempt'), onCard: 'head', render: (row) => <code>{row.attemptId}</code> },
    { key: 'rule', title: t('lookback.list.rule'), render: (row) => name('rules', row.ruleId) },
    {
      key: 'counted',
      title: t('lookback.list.counted'),
      align: 'end',
      render: (row) => (row.counted === null && row.limit === null ? '–' : `${row.counted ?? '–'} / ${row.limit ?? '–'}`),
    },
    { key: 'message', title: t('lookback.list.message'), render: (row) => row.message },
    { key: 'source', title: t('lookback.list.source'), render: (row) => <span className="fb-soft fb-unbroken">{row.source}</span> },
    {
      key: 'severity',
      title: t('lookback.list.severity'),
      onCard: 'corner',
      render: (row) => <StateTag tone={row.severity === 'block' ? 'bad' : 'wait'}>{t(`lookback.list.${row.severity}`)}</StateTag>,
    },
  ];
}

/** The findings one by one, page by page, in the order of the log. */
export function FindingList({ found }: { readonly found: LookbackView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useName();
  const [ruleId, setRuleId] = useState<string | null>(null);
  const columns = useColumns();
  const pages = usePages(['findings', found.id, ruleId, language], (cursor, signal) =>
    readFindings({ id: found.id, language, ruleId, skip: Number(cursor ?? 0), size: PAGE_SIZE, signal }),
  );
  const rules = [...new Set(found.byRule.filter(({ findings }) => findings > 0).map((each) => each.ruleId))];
  return (
    <Section
      title={t('lookback.list.title')}
      aside={
        <Select
          className="fb-select"
          value={ruleId ?? ''}
          onChange={(value) => setRuleId(value === '' ? null : value)}
          aria-label={t('lookback.list.byRule')}
          options={[
            { value: '', label: t('lookback.list.allRules') },
            ...rules.map((rule) => ({ value: rule, label: name('rules', rule) })),
          ]}
        />
      }
    >
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('lookback.list.title')}
            columns={columns}
            rows={pages.items}
            rowKey={(row) => `${row.attemptId} ${row.pack} ${row.ruleId} ${row.message}`}
            isLoading={pages.isLoading}
            empty={{ title: t('lookback.list.none') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </Section>
  );
}
