import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Progress, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { upload, type UploadProgress } from '../../api/upload.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { findImport } from './api.ts';
import './complaint.css';
import type { ImportView } from './wire.ts';

const KINDS = ['complaints', 'cfpb'] as const;
const POLL_MS = 1000;
const TONES: Readonly<Record<ImportView['state'], Tone>> = { queued: 'quiet', running: 'busy', done: 'good', failed: 'bad' };

const isOver = (state: ImportView['state']): boolean => state === 'done' || state === 'failed';

function RowErrors({ errors }: { readonly errors: ImportView['errors'] }): ReactNode {
  const { t } = useTranslation();
  const rows = errors.map((error, index) => ({ ...error, key: index }));
  return (
    <>
      <h3 className="fb-words-head">{t('complaint.import.errors')}</h3>
      <DataTable
        label={t('complaint.import.errors')}
        rows={rows}
        rowKey={(row) => row.key}
        empty={{ title: t('common.none') }}
        columns={[
          { key: 'row', title: t('complaint.import.row'), render: (row) => row.row, align: 'end', onCard: 'head' },
          { key: 'column', title: t('complaint.import.column'), render: (row) => row.column ?? t('common.none') },
          { key: 'code', title: t('complaint.import.code'), render: (row) => <code>{row.code}</code> },
          { key: 'detail', title: t('complaint.import.detail'), render: (row) => <span lang="en">{row.detail}</span> },
        ]}
      />
    </>
  );
}

/** How far an import has come, and which rows it left out. */
function Outcome({ id, onAnother }: { readonly id: string; readonly onAnother: () => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['complaint-import', id],
    queryFn: async ({ signal }) => {
      const found = await findImport(id, signal);
      if (isOver(found.state)) void queries.invalidateQueries({ queryKey: ['complaints'] });
      return found;
    },
    refetchInterval: (query) => (query.state.data && isOver(query.state.data.state) ? false : POLL_MS),
  });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { rows, state, errors } = data;
  const total = rows.total ?? 0;
  const percent = state === 'done' ? 100 : total === 0 ? 0 : Math.floor((rows.done / total) * 100);
  return (
    <Section title={t('complaint.import.title')} aside={<StateTag tone={TONES[state]}>{t(`complaint.import.state.${state}`)}</StateTag>}>
      <div role="status">
        <Progress
          percent={percent}
          status={state === 'failed' ? 'exception' : state === 'done' ? 'success' : 'active'}
          aria-label={t(`complaint.import.state.${state}`)}
        />
        <p>{t('complaint.import.rows', { count: total, total, done: rows.done })}</p>
      </div>
      <ul className="fb-import-counts">
        <li>
          <strong>{rows.inserted}</strong> {t('complaint.import.inserted')}
        </li>
        <li>
          <strong>{rows.unchanged}</strong> {t('complaint.import.unchanged')}
        </li>
        <li>
          <strong>{rows.rejected}</strong> {t('complaint.import.rejected')}
        </li>
      </ul>
      {errors.length > 0 && <RowErrors errors={errors} />}
      {errors.length > 0 && errors.length < rows.rejected && (
        <p className="fb-soft">{t('complaint.import.errorsCut', { count: errors.length })}</p>
      )}
      <div className="fb-row fb-form-foot">
        <LinkButton to="/complaints" type="primary">
          {t('complaint.import.toBoard')}
        </LinkButton>
        {isOver(state) && <Button onClick={onAnother}>{t('complaint.import.another')}</Button>}
      </div>
    </Section>
  );
}

/** Complaints from a file: the institution's own format, or the public one of the CFPB. */
export function ComplaintImportPage(): ReactNode {
  const { t } = useTranslation();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('complaints');
  const [file, setFile] = useState<File | null>(null);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [id, setId] = useState<string | null>(null);
  const start = async (chosen: File): Promise<void> => {
    setError(null);
    setProgress({ sentBytes: 0, totalBytes: chosen.size });
    try {
      const answer = await upload<{ id: string }>({
        url: '/api/complaints/v1/imports',
        fields: { kind },
        file: chosen,
        key: newKey(),
        onProgress: setProgress,
      });
      setId(answer.id);
      setFile(null);
    } catch (failure) {
      setError(failure);
    }
    setProgress(null);
  };
  return (
    <>
      <PageHeader
        title={t('complaint.import.title')}
        lead={t('complaint.import.lead')}
        back={{ to: '/complaints', label: t('complaint.page.back') }}
      />
      {error !== null && <ProblemAlert error={error} />}
      {id === null ? (
        <Section title={t('complaint.import.kind')}>
          <Form layout="vertical">
            <Radio.Group
              className="fb-import-kinds"
              value={kind}
              disabled={progress !== null}
              aria-label={t('complaint.import.kind')}
              onChange={(event) => setKind(event.target.value)}
              options={KINDS.map((value) => ({
                value,
                label: (
                  <>
                    {t(`complaint.import.kindName.${value}`)} <span className="fb-soft">{t(`complaint.import.kindHelp.${value}`)}</span>
                  </>
                ),
              }))}
            />
          </Form>
          <UploadDrop accept={['.csv', '.xlsx']} file={file} onFile={setFile} progress={progress} />
          <div className="fb-form-foot">
            <Button type="primary" disabled={file === null || progress !== null} onClick={() => file && void start(file)}>
              {t('complaint.import.start')}
            </Button>
          </div>
        </Section>
      ) : (
        <Outcome key={id} id={id} onAnother={() => setId(null)} />
      )}
    </>
  );
}
