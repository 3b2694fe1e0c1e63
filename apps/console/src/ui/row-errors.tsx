import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { useName } from '../i18n/use-name.ts';
import { DataTable, MoreRows, type Column } from './data-table.tsx';
import { Section } from './section.tsx';

export interface RowError {
  readonly row: number | null;
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
}

const PAGE_SIZE = 50;

function Why({ error, isTranslated }: { readonly error: RowError; readonly isTranslated: boolean }): ReactNode {
  const name = useName();
  const language = useLanguage();
  if (isTranslated || language === 'en') return error.detail;
  const said = name('rowError', error.code);
  return (
    <>
      {said !== error.code && <div>{said}</div>}
      <div lang="en" className="fb-soft">
        {error.detail}
      </div>
    </>
  );
}

export interface RowErrorsProps {
  readonly title: string;
  readonly help: string;
  readonly errors: readonly RowError[];
  /** Whether the service says what is wrong in the reader's language. */
  readonly isTranslated?: boolean;
}

/** The rows of a file that were not taken, and why. */
export function RowErrors({ title, help, errors, isTranslated = false }: RowErrorsProps): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState(PAGE_SIZE);
  const columns: Column<RowError>[] = [
    { key: 'row', title: t('imports.errors.row'), width: 110, onCard: 'head', render: ({ row }) => row ?? t('imports.errors.file') },
    {
      key: 'column',
      title: t('imports.errors.column'),
      width: 160,
      onCard: 'head',
      render: ({ column }) => (column === null ? '–' : <code>{column}</code>),
    },
    { key: 'detail', title: t('imports.errors.detail'), render: (error) => <Why error={error} isTranslated={isTranslated} /> },
    { key: 'code', title: t('imports.errors.code'), width: 160, render: ({ code }) => <code>{code}</code> },
  ];
  const rows = errors.slice(0, shown);
  return (
    <Section title={title}>
      <p className="fb-soft fb-first">{help}</p>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        rowKey={({ row, column, code }) => `${row} ${column} ${code}`}
        empty={{ title: t('common.empty.title') }}
      />
      <MoreRows count={rows.length} hasMore={errors.length > shown} isLoading={false} onMore={() => setShown(shown + PAGE_SIZE)} />
    </Section>
  );
}
