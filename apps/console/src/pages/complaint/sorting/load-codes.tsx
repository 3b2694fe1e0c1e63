import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { asProblem } from '../../../api/problem.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { UploadDrop } from '../../../ui/upload-drop.tsx';
import { useUpload } from '../../../ui/use-upload.ts';
import { CODE_FILE_URL, putDraft, SORTING, tableQuery, type CodeTable } from './api.ts';
import { codesOfJson, csvOf, faultOf, type CodeFault } from './code-file.ts';

const MAX_NOTE = 2000;
const ROWS = 2;

/** What is wrong, row by row. */
function Faults({ faults }: { readonly faults: readonly CodeFault[] }): ReactNode {
  const { t } = useTranslation();
  const placeOf = ({ place }: CodeFault): ReactNode => {
    if (place === null) return t('sorting.codes.whole');
    return 'row' in place ? place.row : t('sorting.codes.item', { n: place.item });
  };
  const columns: Column<CodeFault>[] = [
    { key: 'row', title: t('sorting.codes.row'), width: 120, onCard: 'head', render: placeOf },
    { key: 'column', title: t('sorting.codes.column'), width: 140, onCard: 'head', render: ({ column }) => column ?? '–' },
    { key: 'detail', title: t('sorting.codes.problem'), render: ({ detail }) => <span lang="en">{detail}</span> },
  ];
  return (
    <>
      <h3>{t('sorting.codes.errors')}</h3>
      <p className="fb-soft">{t('sorting.codes.errorsHelp')}</p>
      <DataTable
        label={t('sorting.codes.errors')}
        columns={columns}
        rows={faults}
        rowKey={({ place, column, detail }) => `${JSON.stringify(place)} ${column ?? ''} ${detail}`}
        empty={{ title: t('sorting.codes.errorsHelp') }}
      />
    </>
  );
}

function Outcome({ loaded, error }: { readonly loaded: CodeTable | null; readonly error: Error | null }): ReactNode {
  const { t } = useTranslation();
  if (error !== null) {
    const { code, errors } = asProblem(error);
    return errors.length > 0 && code !== 'unavailable' ? <Faults faults={errors.map(faultOf)} /> : <ProblemAlert error={error} />;
  }
  if (loaded === null) return null;
  return (
    <p role="status">
      {t('sorting.codes.loaded', { version: loaded.version, count: loaded.codes })}{' '}
      <Link to={`/complaints/code-tables/${loaded.version}`}>{t('sorting.codes.toDraft')}</Link>
    </p>
  );
}

/** Loads a whole table from a file as the draft; what is wrong is said row by row. */
export function LoadCodes(): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ note: string }>();
  const client = useQueryClient();
  const { data: ours } = useQuery(tableQuery(0));
  const [file, setFile] = useState<File | null>(null);
  const [isBad, setBad] = useState(false);
  const { progress, problem, send, stop, forget } = useUpload<CodeTable>(CODE_FILE_URL);
  const load = useMutation({
    mutationFn: async ({ chosen, note }: { readonly chosen: File; readonly note: string }): Promise<CodeTable | null> => {
      if (!chosen.name.toLowerCase().endsWith('.json')) return send(chosen, { note });
      const codes = codesOfJson(await chosen.text());
      setBad(codes === null);
      return codes === null ? null : putDraft({ codes, note });
    },
    onSuccess: async (loaded) => {
      if (loaded) await client.invalidateQueries({ queryKey: SORTING });
    },
  });
  const choose = (chosen: File): void => {
    setFile(chosen);
    setBad(false);
    forget();
    load.reset();
  };
  return (
    <Section title={t('sorting.codes.load')}>
      <p className="fb-first">{t('sorting.codes.loadHelp')}</p>
      {ours && (
        <p>
          <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(ours))}`} download="codes.csv">
            {t('sorting.codes.sample')}
          </a>
        </p>
      )}
      <Form<{ note: string }>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ note }) => file && load.mutate({ chosen: file, note: note.trim() })}
      >
        <UploadDrop accept={['.csv', '.xlsx', '.json']} file={file} onFile={choose} progress={progress} onStop={stop} />
        <Form.Item
          name="note"
          label={t('sorting.codes.loadNote')}
          rules={[{ required: true, whitespace: true, message: t('sorting.codes.needed') }]}
        >
          <Input.TextArea rows={ROWS} maxLength={MAX_NOTE} />
        </Form.Item>
        <Button type="primary" htmlType="submit" disabled={file === null} loading={load.isPending}>
          {t('sorting.codes.loadButton')}
        </Button>
      </Form>
      {isBad && <p className="fb-field-error">{t('sorting.codes.badJson')}</p>}
      <Outcome loaded={load.data ?? null} error={load.error ?? problem} />
    </Section>
  );
}
