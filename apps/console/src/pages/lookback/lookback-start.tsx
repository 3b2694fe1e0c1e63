import { useQueries } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { LookbackView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { ColumnsHelp } from '../../ui/columns-help.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { OpenById } from '../../ui/open-by-id.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useRecent } from '../../ui/recent.ts';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { useUpload } from '../../ui/use-upload.ts';
import { LOG_COLUMNS } from '../import/columns.ts';
import { lookbackQuery } from './queries.ts';

export const TONES = { queued: 'quiet', running: 'busy', done: 'good', failed: 'bad' } as const;

function UploadLog(): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const recent = useRecent('lookbacks');
  const [file, setFile] = useState<File | null>(null);
  const { progress, problem, send, stop, forget } = useUpload<LookbackView>('/api/collections/v1/lookbacks');
  const start = async (): Promise<void> => {
    const made = file && (await send(file, {}));
    if (!made) return;
    recent.add(made.id);
    void go(`/lookback/${made.id}`);
  };
  return (
    <Section title={t('lookback.upload.title')}>
      <UploadDrop
        accept={['.csv', '.xlsx']}
        file={file}
        progress={progress}
        onStop={stop}
        onFile={(chosen) => {
          forget();
          setFile(chosen);
        }}
      />
      {problem && <ProblemAlert error={problem} />}
      <div className="fb-upload-buttons">
        <Button type="primary" disabled={file === null} loading={progress !== null} onClick={() => void start()}>
          {t('lookback.upload.start')}
        </Button>
      </div>
      <p className="fb-soft">{t('lookback.upload.help')}</p>
      <ColumnsHelp
        needed={{ label: t('lookback.upload.needed'), names: LOG_COLUMNS.needed }}
        optional={{ label: t('lookback.upload.optional'), names: LOG_COLUMNS.optional }}
      />
    </Section>
  );
}

function useColumns(): Column<LookbackView>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : formatCount(value, language));
  return [
    {
      key: 'file',
      title: t('lookback.column.file'),
      onCard: 'head',
      render: (row) => <Link to={`/lookback/${row.id}`}>{row.fileName}</Link>,
    },
    { key: 'judged', title: t('lookback.column.judged'), align: 'end', render: (row) => count(row.rows?.judged) },
    { key: 'findings', title: t('lookback.column.findings'), align: 'end', render: (row) => count(row.findings) },
    { key: 'created', title: t('lookback.column.created'), render: (row) => <Instant at={row.createdAt} timeZone={READER_ZONE} /> },
    {
      key: 'state',
      title: t('lookback.column.state'),
      onCard: 'corner',
      render: (row) => <StateTag tone={TONES[row.state]}>{t(`lookback.state.${row.state}`)}</StateTag>,
    },
  ];
}

function Recent({ mayStart }: { readonly mayStart: boolean }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { ids } = useRecent('lookbacks');
  const columns = useColumns();
  const found = useQueries({ queries: ids.map((id) => lookbackQuery(id, language)) });
  return (
    <Section title={t('lookback.recent.title')}>
      <DataTable
        label={t('lookback.recent.title')}
        columns={columns}
        rows={found.flatMap(({ data }) => data ?? [])}
        rowKey={(row) => row.id}
        isLoading={found.some(({ isLoading }) => isLoading)}
        empty={{ title: t('lookback.recent.empty'), help: mayStart ? t('lookback.recent.emptyHelp') : t('lookback.recent.readOnlyHelp') }}
      />
      <p className="fb-soft">{t('lookback.recent.help')}</p>
      <OpenById at="/lookback" label={t('lookback.open.label')} placeholder={t('lookback.open.placeholder')} />
    </Section>
  );
}

/** Where a look-back begins, and those begun before. */
export function LookbackStartPage(): ReactNode {
  const { t } = useTranslation();
  const mayStart = useMay('collections.createLookback');
  return (
    <>
      <PageHeader title={t('lookback.title')} lead={mayStart ? t('lookback.lead') : t('lookback.upload.readOnly')} />
      {mayStart && <UploadLog />}
      <Recent mayStart={mayStart} />
    </>
  );
}
