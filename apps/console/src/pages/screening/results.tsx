import { DownloadOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/index.ts';
import { useName } from '../../i18n/use-name.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { readResults, resultsAddress, SCREENINGS, VERDICTS, type Screened, type ScreeningVerdict } from './api.ts';

const PAGE_SIZE = 50;
const TONES = { permitted: 'good', refused: 'bad', 'not-judged': 'quiet' } as const;

function Why({ row }: { readonly row: Screened }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  if (row.missing !== null) return t(`screening.rows.missing.${row.missing}`);
  const reasons = row.reasons.map(({ ruleId }) => name('rules', ruleId));
  return reasons.length === 0 ? '–' : [...new Set(reasons)].join(t('common.listSeparator'));
}

function Next({ row }: { readonly row: Screened }): ReactNode {
  const { t } = useTranslation();
  if (row.verdict !== 'refused') return '–';
  if (row.nextPermittedAt === null) return <span className="fb-soft">{t('screening.rows.never')}</span>;
  return <Instant at={row.nextPermittedAt} withRelative={false} />;
}

function useColumns(): Column<Screened>[] {
  const { t } = useTranslation();
  const maySee = useMay('collections.findCase');
  return [
    {
      key: 'case',
      title: t('screening.rows.case'),
      onCard: 'head',
      render: ({ caseId, missing }) =>
        maySee && missing !== 'caseId' ? <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link> : caseId,
    },
    { key: 'why', title: t('screening.rows.why'), render: (row) => <Why row={row} /> },
    { key: 'next', title: t('screening.rows.next'), render: (row) => <Next row={row} /> },
    {
      key: 'until',
      title: t('screening.rows.until'),
      render: ({ mustEndBy }) => (mustEndBy === null ? '–' : <Instant at={mustEndBy} withRelative={false} />),
    },
    {
      key: 'answer',
      title: t('screening.rows.answer'),
      onCard: 'corner',
      render: ({ verdict }) => <StateTag tone={TONES[verdict]}>{t(`screening.rows.verdicts.${verdict}`)}</StateTag>,
    },
  ];
}

const isVerdict = (value: string): value is ScreeningVerdict => VERDICTS.some((verdict) => verdict === value);

/** The cases one by one, page by page, and all of them to take away. */
export function Results({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const [verdict, setVerdict] = useState<ScreeningVerdict | null>(null);
  const columns = useColumns();
  const pages = usePages([...SCREENINGS, 'results', id, verdict, language], (cursor, signal) =>
    readResults({ id, verdict, language, skip: Number(cursor ?? 0), size: PAGE_SIZE, signal }),
  );
  return (
    <Section
      title={t('screening.rows.title')}
      aside={
        <div className="fb-row">
          <Select
            className="fb-select"
            aria-label={t('screening.rows.verdict')}
            value={verdict ?? ''}
            onChange={(value: string) => setVerdict(isVerdict(value) ? value : null)}
            options={[
              { value: '', label: t('screening.rows.all') },
              ...VERDICTS.map((value) => ({ value, label: t(`screening.rows.verdicts.${value}`) })),
            ]}
          />
          <Button icon={<DownloadOutlined aria-hidden />} href={resultsAddress(id, 'csv', verdict)} download>
            {t('screening.rows.download')}
          </Button>
          <Button href={resultsAddress(id, 'ndjson', verdict)} download>
            {t('screening.rows.downloadJson')}
          </Button>
        </div>
      }
    >
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('screening.rows.title')}
            columns={columns}
            rows={pages.items}
            rowKey={(row) => row.caseId}
            isLoading={pages.isLoading}
            empty={{ title: t('screening.rows.none') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </Section>
  );
}
