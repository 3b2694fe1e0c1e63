import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { sheetsQuery, type Sheet } from './api.ts';
import { QualityTabs } from './quality-bits.tsx';
import { SheetForm } from './sheet-form.tsx';

type Item = Sheet['items'][number];

function Shown({ sheet }: { readonly sheet: Sheet }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const whole = sheet.items.reduce((sum, { weight }) => sum + weight, 0);
  const columns: Column<Item>[] = [
    { key: 'words', title: t('quality.sheet.item'), onCard: 'head', render: (item) => item[language] },
    { key: 'weight', title: t('quality.sheet.weight'), align: 'end', render: ({ weight }) => weight },
    { key: 'source', title: t('quality.sheet.source'), render: ({ source }) => source || '–' },
    {
      key: 'fatal',
      title: t('quality.sheet.fatal'),
      onCard: 'corner',
      render: ({ fatal }) => (fatal ? <StateTag tone="bad">{t('quality.isFatal')}</StateTag> : '–'),
    },
  ];
  return (
    <>
      <p className="fb-first">{t('quality.sheet.passes', { score: sheet.passScore, whole })}</p>
      <DataTable
        label={t('quality.tab.sheet')}
        columns={columns}
        rows={sheet.items}
        rowKey={({ id }) => id}
        empty={{ title: t('common.none') }}
      />
    </>
  );
}

function Versions({ sheets }: { readonly sheets: readonly [Sheet, ...Sheet[]] }): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('collections.createQualitySheet');
  const [version, setVersion] = useState<number | null>(null);
  const [isEditing, setEditing] = useState(false);
  const [newest] = sheets;
  const sheet = sheets.find((one) => one.version === version) ?? newest;
  const nameOf = (one: Sheet): string =>
    one.version === 0 ? t('quality.sheet.ofProduct') : t('quality.sheet.version', { version: one.version });
  if (isEditing)
    return (
      <Section title={t('quality.sheet.next', { version: newest.version + 1 })}>
        <SheetForm sheet={sheet} onClose={() => setEditing(false)} />
      </Section>
    );
  return (
    <Section
      title={sheet === newest ? t('quality.sheet.inForce', { name: nameOf(sheet) }) : nameOf(sheet)}
      aside={mayWrite && <Button onClick={() => setEditing(true)}>{t('quality.sheet.change')}</Button>}
    >
      {sheets.length > 1 && (
        <Field label={t('quality.sheet.versions')}>
          {(ids) => (
            <Select
              {...ids}
              value={sheet.version}
              options={sheets.map((one) => ({ value: one.version, label: nameOf(one) }))}
              onChange={setVersion}
            />
          )}
        </Field>
      )}
      <Shown sheet={sheet} />
    </Section>
  );
}

/** By what recordings are judged, and the next version of it. */
export function SheetPage(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(sheetsQuery);
  const [newest, ...others] = data?.items ?? [];
  return (
    <>
      <PageHeader title={t('quality.tab.sheet')} lead={t('quality.sheet.lead')} />
      <QualityTabs />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {newest && <Versions sheets={[newest, ...others]} />}
    </>
  );
}
