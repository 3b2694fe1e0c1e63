import { Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { Section } from '../../ui/section.tsx';
import { tokens } from '../../ui/tokens.ts';
import { barsOf, traceText, type Figure, type ReportDocument, type ReportTable, type Trace } from './document.ts';

const NOTHING = '–';
const LABEL_PX = 11;

function useValue(): (value: number | null) => string {
  const language = useLanguage();
  return (value) => (value === null ? NOTHING : formatCount(value, language));
}

/** Which number is opened to its rows. */
export interface Opened {
  readonly figure: string;
  readonly title: string;
}
type Open = (opened: Opened) => void;

function TraceLine({ trace }: { readonly trace: Trace }): ReactNode {
  return (
    <code className="fb-trace">
      {trace.file}: {traceText(trace)}
    </code>
  );
}

function Figures({ figures, onOpen }: { readonly figures: readonly Figure[]; readonly onOpen: Open | null }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const show = useValue();
  return (
    <Section title={t('report.figures')}>
      <dl className="fb-figures fb-report-figures">
        {figures.map(({ id, label, value, unit, trace }) => (
          <div key={id}>
            <dt>{label[language]}</dt>
            <dd>
              {show(value)} <small>{unit[language]}</small>
              <details>
                <summary>{t('report.trace')}</summary>
                <TraceLine trace={trace} />
                {onOpen && value !== null && (
                  <Button size="small" type="link" onClick={() => onOpen({ figure: id, title: label[language] })}>
                    {t('report.rows.open')}
                  </Button>
                )}
              </details>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function ReportChart({ document }: { readonly document: ReportDocument }): ReactNode {
  const language = useLanguage();
  const bars = useMemo(() => barsOf(document), [document]);
  const option = useMemo<ChartOption>(
    () => ({
      tooltip: { trigger: 'axis' },
      legend: { top: 0, textStyle: { color: tokens.ink } },
      grid: { left: 8, right: 8, top: 36, bottom: 8, outerBoundsMode: 'same' },
      xAxis: {
        type: 'category',
        data: (bars?.names ?? []).map((name) => name[language]),
        axisLabel: { color: tokens.soft, fontSize: LABEL_PX },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { color: tokens.soft, fontSize: LABEL_PX } },
      series: (bars?.series ?? []).map(({ label, values }) => ({
        type: 'bar',
        stack: 'all',
        barMaxWidth: 34,
        name: label[language],
        data: [...values],
      })),
    }),
    [bars, language],
  );
  if (!bars || !document.chart) return null;
  const { title, xLabel, yLabel } = document.chart;
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={title[language]}
        summary={`${xLabel[language]} · ${yLabel[language]}`}
        option={option}
        table={{
          head: [xLabel[language], ...bars.series.map(({ label }) => label[language])],
          rows: bars.names.map((name, at) => [name[language], ...bars.series.map(({ values }) => values[at] ?? NOTHING)]),
        }}
      />
    </div>
  );
}

function Table({ table, onOpen }: { readonly table: ReportTable; readonly onOpen: Open | null }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const show = useValue();
  const title = table.title[language];
  // One unit for all goes without saying.
  const hasUnits = new Set(table.columns.map(({ unit }) => unit.en)).size > 1;
  return (
    <Section title={title}>
      {/* Scrolls within itself on a phone; reachable by keyboard for that. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="fb-table-frame" tabIndex={0} role="region" aria-label={`${title} · ${table.rowLabel[language]}`}>
        <table className="fb-table fb-table-dense fb-report-table">
          <thead>
            <tr>
              <th scope="col">{table.rowLabel[language]}</th>
              {table.columns.map(({ id, label, unit }) => (
                <th key={id} scope="col" className="fb-end">
                  {label[language]} {hasUnits && <small>{unit[language]}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ key, label, cells }) => (
              <tr key={key}>
                <th scope="row">{label[language]}</th>
                {table.columns.map(({ id, label: columnLabel }, at) => (
                  <td key={id} className="fb-end" title={cells[at] && traceText(cells[at].trace)}>
                    {onOpen && cells[at] && cells[at].value !== null && cells[at].value !== 0 ? (
                      <button
                        type="button"
                        className="fb-cell-open"
                        aria-label={`${label[language]}, ${columnLabel[language]}: ${show(cells[at].value)}`}
                        onClick={() =>
                          onOpen({ figure: `${table.id}.${key}.${id}`, title: `${title} · ${label[language]} · ${columnLabel[language]}` })
                        }
                      >
                        {show(cells[at].value)}
                      </button>
                    ) : (
                      show(cells[at]?.value ?? null)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.rows.length === 0 && <p className="fb-soft">{t('common.chart.noData')}</p>}
      {table.note && <p className="fb-soft">{table.note[language]}</p>}
    </Section>
  );
}

/** What a correction changes, number by number. */
function Changes({ document }: { readonly document: ReportDocument }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const show = useValue();
  const correction = document.edition?.correction;
  if (!correction) return null;
  const title = t('report.correction.changes', { version: correction.version });
  return (
    <Section title={title}>
      <DataTable
        label={title}
        rows={correction.changes}
        rowKey={({ id }) => id}
        empty={{ title: t('report.correction.noChange') }}
        columns={[
          { key: 'label', title: t('report.correction.number'), onCard: 'head', render: ({ label }) => label[language] },
          { key: 'before', title: t('report.correction.before'), align: 'end', render: ({ before }) => show(before) },
          {
            key: 'after',
            title: t('report.correction.after'),
            align: 'end',
            render: ({ after, unit }) => (
              <>
                <strong>{show(after)}</strong> <small>{unit[language]}</small>
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

export interface ShownDocumentProps {
  readonly document: ReportDocument;
  /** Null where the rows were left out. */
  readonly onOpen: Open | null;
}

/** A report as its JSON has it: the figures with their traces, the chart, the tables. */
export function ShownDocument({ document, onOpen }: ShownDocumentProps): ReactNode {
  const language = useLanguage();
  const said = [...document.notes, ...document.sources, ...(document.disclaimer ? [document.disclaimer] : [])];
  return (
    <>
      <Changes document={document} />
      <Figures figures={document.figures} onOpen={onOpen} />
      <ReportChart document={document} />
      {document.tables.map((table) => (
        <Table key={table.id} table={table} onOpen={onOpen} />
      ))}
      {said.map((words) => (
        <p key={words.en} className="fb-soft fb-report-said">
          {words[language]}
        </p>
      ))}
    </>
  );
}
