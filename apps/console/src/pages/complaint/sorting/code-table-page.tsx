import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { useMay } from '../../../session/session.ts';
import { stackedBars } from '../../../ui/bars.ts';
import { Chart } from '../../../ui/chart.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { tokens } from '../../../ui/tokens.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { DIMENSIONS, tableQuery, type Code, type CodeChange, type CodeTable } from './api.ts';
import { csvOf } from './code-file.ts';
import { TableState } from './code-tables-page.tsx';

const CHANGES = ['added', 'changed', 'withdrawn'] as const;
const TONE_OF: Readonly<Record<CodeChange['change'], Tone>> = { added: 'good', changed: 'wait', withdrawn: 'bad' };
const COLOUR_OF = { added: tokens.brand, changed: '#c98a1b', withdrawn: tokens.bad } as const;
const CHART_PX = 180;

/** What becomes different, counted by dimension and then code by code. */
function Changes({ table: { changes } }: { readonly table: CodeTable }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const countOf = (change: string, dimension?: string): number =>
    changes.filter((one) => one.change === change && (dimension === undefined || one.dimension === dimension)).length;
  const option = useMemo(
    () =>
      stackedBars(
        DIMENSIONS.map((dimension) => t(`sorting.dimension.${dimension}`)),
        CHANGES.map((change) => ({
          name: t(`sorting.codes.change.${change}`),
          colour: COLOUR_OF[change],
          values: DIMENSIONS.map((dimension) => countOf(change, dimension)),
        })),
        'lying',
      ),
    // What is drawn follows from the changes and the language alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [changes, t],
  );
  if (changes.length === 0) return <p className="fb-soft">{t('sorting.codes.noChanges')}</p>;
  const wordOf = ({ before, after }: CodeChange): ReactNode => {
    const [was, is] = [before?.[language], after?.[language]];
    if (is === undefined) return <del>{was}</del>;
    const isOther = before !== null && (was !== is || before.parent !== after?.parent || before.validFrom !== after.validFrom);
    return (
      <>
        {is}
        {isOther && (
          <span className="fb-soft">{` (${t('sorting.codes.before')} ${[was, before.parent ?? '–', before.validFrom].join(' · ')})`}</span>
        )}
      </>
    );
  };
  const columns: Column<CodeChange>[] = [
    {
      key: 'change',
      title: t('sorting.codes.changeLabel'),
      onCard: 'corner',
      render: ({ change }) => <StateTag tone={TONE_OF[change]}>{t(`sorting.codes.change.${change}`)}</StateTag>,
    },
    { key: 'dimension', title: t('sorting.codes.dimension'), render: ({ dimension }) => t(`sorting.dimension.${dimension}`) },
    { key: 'code', title: t('sorting.codes.code'), onCard: 'head', render: ({ code }) => <code>{code}</code> },
    { key: 'word', title: t('sorting.codes.word'), render: wordOf },
    { key: 'parent', title: t('sorting.codes.parent'), render: ({ after }) => after?.parent ?? '–' },
    { key: 'from', title: t('sorting.codes.from'), render: ({ after }) => after?.validFrom ?? '–' },
  ];
  return (
    <>
      <Chart
        title={t('sorting.codes.changeChart')}
        summary={t('sorting.codes.changeSummary', {
          added: countOf('added'),
          changed: countOf('changed'),
          withdrawn: countOf('withdrawn'),
        })}
        option={option}
        heightPx={CHART_PX}
        table={{
          head: [t('sorting.codes.dimension'), ...CHANGES.map((change) => t(`sorting.codes.change.${change}`))],
          rows: DIMENSIONS.map((dimension) => [
            t(`sorting.dimension.${dimension}`),
            ...CHANGES.map((change) => countOf(change, dimension)),
          ]),
        }}
      />
      <DataTable
        label={t('sorting.codes.changes')}
        columns={columns}
        rows={changes}
        rowKey={({ dimension, code }) => `${dimension} ${code}`}
        empty={{ title: t('sorting.codes.noChanges') }}
      />
    </>
  );
}

function Acts({ table }: { readonly table: CodeTable }): ReactNode {
  const { t } = useTranslation();
  const [mayPropose, mayApprove, mayReturn] = [
    useMay('complaints.proposeCodeTable'),
    useMay('complaints.approveCodeTable'),
    useMay('complaints.returnCodeTable'),
  ];
  const path = `/v1/code-tables/${table.version}`;
  return (
    <div className="fb-row">
      {table.state === 'draft' && mayPropose && (
        <Act
          isMain
          label={t('sorting.codes.propose')}
          help={t('sorting.codes.proposeHelp')}
          path={`${path}/proposal`}
          fields={[{ name: 'validFrom', label: t('sorting.codes.validFrom'), kind: 'date' }]}
        />
      )}
      {table.state === 'proposed' && mayApprove && (
        <Act isMain label={t('sorting.codes.approve')} help={t('sorting.codes.approveHelp')} path={`${path}/approval`} />
      )}
      {table.state === 'proposed' && mayReturn && (
        <Act
          label={t('sorting.codes.return')}
          path={`${path}/return`}
          fields={[{ name: 'reason', label: t('sorting.codes.returnReason'), kind: 'long' }]}
        />
      )}
      <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(table))}`} download={`codes-${table.version}.csv`}>
        {t('sorting.codes.download')}
      </a>
    </div>
  );
}

function AllCodes({ entries }: { readonly entries: readonly Code[] }): ReactNode {
  const { t } = useTranslation();
  const [dimension, setDimension] = useState<(typeof DIMENSIONS)[number]>('cause');
  const columns: Column<Code>[] = [
    { key: 'code', title: t('sorting.codes.code'), onCard: 'head', render: ({ code }) => <code>{code}</code> },
    { key: 'parent', title: t('sorting.codes.parent'), render: ({ parent }) => (parent === null ? '–' : <code>{parent}</code>) },
    { key: 'zh', title: t('sorting.codes.zh'), render: ({ zh }) => <span lang="zh">{zh}</span> },
    { key: 'en', title: t('sorting.codes.en'), render: ({ en }) => <span lang="en">{en}</span> },
    { key: 'from', title: t('sorting.codes.from'), render: ({ validFrom }) => validFrom },
  ];
  const choice = (
    <Choice
      label={t('sorting.codes.dimension')}
      value={dimension}
      onChange={setDimension}
      options={DIMENSIONS.map((value) => ({ value, label: t(`sorting.dimension.${value}`) }))}
    />
  );
  return (
    <Section title={t('sorting.codes.all')} aside={choice}>
      <DataTable
        label={t('sorting.codes.all')}
        columns={columns}
        rows={entries.filter((code) => code.dimension === dimension)}
        rowKey={({ code }) => code}
        empty={{ title: t('sorting.codes.empty') }}
      />
    </Section>
  );
}

/** One version: what becomes different, who approves it, and every code. */
export function CodeTablePage(): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { version: asked = '' } = useParams();
  const { data: table, error, refetch } = useQuery(tableQuery(Number(asked) || 0));
  const back = { to: '/complaints/code-tables', label: t('sorting.codes.back') };
  const title = Number(asked) === 0 ? t('sorting.codes.own') : t('sorting.codes.one', { version: asked });
  if (!table)
    return (
      <>
        <PageHeader title={title} back={back} />
        {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton active />}
      </>
    );
  return (
    <>
      <PageHeader title={title} back={back} aside={<TableState table={table} />} />
      <HandlingTabs />
      <Section title={t('sorting.codes.note')}>
        {table.note !== null && <p className="fb-first">{table.note}</p>}
        {table.returnReason !== null && table.state === 'draft' && (
          <p>{t('sorting.codes.returned', { reason: table.returnReason, who: person(table.returnedBy ?? '') })}</p>
        )}
        <Facts
          items={[
            {
              label: t('sorting.codes.loadedBy'),
              value: table.loadedBy === null ? '–' : `${person(table.loadedBy)} · ${localTime(table.loadedAt ?? '')}`,
            },
            { label: t('sorting.codes.validFrom'), value: table.validFrom ?? '–' },
            { label: t('sorting.codes.approvedBy'), value: table.approvedBy === null ? '–' : person(table.approvedBy) },
            { label: t('sorting.codes.count'), value: table.codes },
          ]}
        />
        <Acts table={table} />
      </Section>
      {!table.isInForce && (
        <Section title={t('sorting.codes.changes')}>
          <Changes table={table} />
        </Section>
      )}
      <AllCodes entries={table.entries} />
    </>
  );
}
