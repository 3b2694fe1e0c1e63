import { useQueries } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { ImportView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { may, useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
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
import { KINDS, KIND_NAMES, type Kind } from './kinds.ts';
import { importQuery } from './queries.ts';

export const TONES = { queued: 'quiet', running: 'busy', done: 'good', failed: 'bad' } as const;

function UploadFile({ kinds }: { readonly kinds: readonly [Kind, ...Kind[]] }): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const recent = useRecent('imports');
  const [kind, setKind] = useState<Kind>(kinds[0]);
  const [file, setFile] = useState<File | null>(null);
  const { service, columns } = KINDS[kind];
  const { progress, problem, send, stop, forget } = useUpload<ImportView>(`/api/${service}/v1/imports`);
  const start = async (): Promise<void> => {
    const made = file && (await send(file, { kind }));
    if (!made) return;
    recent.add(made.id);
    void go(`/imports/${made.id}`);
  };
  return (
    <Section title={t('imports.upload.title')}>
      <Choice
        label={t('imports.upload.kind')}
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
      />
      <p className="fb-soft">{t(`imports.kindHelp.${kind}`)}</p>
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
          {t('imports.upload.start')}
        </Button>
      </div>
      <ColumnsHelp
        needed={{ label: t('imports.needed'), names: columns.needed }}
        optional={{ label: t('imports.optional'), names: columns.optional }}
      />
    </Section>
  );
}

function useColumns(): Column<ImportView>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  return [
    {
      key: 'file',
      title: t('imports.column.file'),
      onCard: 'head',
      render: (row) => <Link to={`/imports/${row.id}`}>{row.fileName}</Link>,
    },
    { key: 'kind', title: t('imports.column.kind'), render: (row) => t(`imports.kind.${row.kind}`) },
    { key: 'rows', title: t('imports.column.rows'), align: 'end', render: (row) => formatCount(row.rows.total ?? row.rows.done, language) },
    { key: 'created', title: t('imports.column.created'), render: (row) => <Instant at={row.createdAt} timeZone={READER_ZONE} /> },
    {
      key: 'state',
      title: t('imports.column.state'),
      onCard: 'corner',
      render: (row) => <StateTag tone={TONES[row.state]}>{t(`imports.state.${row.state}`)}</StateTag>,
    },
  ];
}

function Recent({ mayStart }: { readonly mayStart: boolean }): ReactNode {
  const { t } = useTranslation();
  const { ids } = useRecent('imports');
  const columns = useColumns();
  const found = useQueries({ queries: ids.map((id) => importQuery(id)) });
  return (
    <Section title={t('imports.recent.title')}>
      <DataTable
        label={t('imports.recent.title')}
        columns={columns}
        rows={found.flatMap(({ data }) => data ?? [])}
        rowKey={(row) => row.id}
        isLoading={found.some(({ isLoading }) => isLoading)}
        empty={{ title: t('imports.recent.empty'), help: mayStart ? t('imports.recent.emptyHelp') : t('imports.recent.readOnlyHelp') }}
      />
      <p className="fb-soft">{t('imports.recent.help')}</p>
      <OpenById at="/imports" label={t('imports.open.label')} placeholder={t('imports.open.placeholder')} />
    </Section>
  );
}

/** Where an import begins, and those begun before. */
export function ImportStartPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [first, ...others] = KIND_NAMES.filter((kind) => may(session, KINDS[kind].needs));
  return (
    <>
      <PageHeader title={t('imports.title')} lead={first ? t('imports.lead') : t('imports.upload.readOnly')} />
      {first && <UploadFile kinds={[first, ...others]} />}
      <Recent mayStart={first !== undefined} />
    </>
  );
}
