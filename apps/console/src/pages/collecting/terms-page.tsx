import { useQuery } from '@tanstack/react-query';
import { Button, Form, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/session.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { setTerm, termsQuery, type RecordingTerm } from './api.ts';
import { CollectingTabs } from './tabs.tsx';

const [SHORTEST_YEARS, LONGEST_YEARS] = [2, 30];

function TermDrawer({ term, onClose }: { readonly term: RecordingTerm; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<{ readonly keepYears: number }, unknown>
      title={t('collecting.setup.term.change', { kind: t(`collecting.setup.term.kind.${term.kind}`) })}
      help={t('collecting.setup.term.help')}
      confirm={t('collecting.setup.save')}
      initial={{ keepYears: term.keepYears }}
      touches={['recording-terms', 'recordings']}
      send={({ keepYears }) => setTerm({ kind: term.kind, keepYears })}
      onClose={onClose}
    >
      <Form.Item
        name="keepYears"
        label={t('collecting.setup.term.years')}
        extra={t('collecting.setup.term.yearsHelp', { from: SHORTEST_YEARS, to: LONGEST_YEARS })}
        rules={[{ required: true, message: t('collecting.setup.needed') }]}
      >
        <InputNumber min={SHORTEST_YEARS} max={LONGEST_YEARS} precision={0} className="fb-full" />
      </Form.Item>
    </AskDrawer>
  );
}

/** For how long recordings are kept, kind by kind. */
export function TermsPage(): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const maySet = useMay('collections.setRecordingTerm');
  const [changed, setChanged] = useState<RecordingTerm | null>(null);
  const { data, error, isPending, refetch } = useQuery(termsQuery);
  const columns: Column<RecordingTerm>[] = [
    {
      key: 'kind',
      title: t('collecting.setup.term.of'),
      onCard: 'head',
      render: ({ kind }) => <strong>{t(`collecting.setup.term.kind.${kind}`)}</strong>,
    },
    {
      key: 'years',
      title: t('collecting.setup.term.years'),
      align: 'end',
      render: ({ keepYears }) => t('collecting.setup.term.count', { count: keepYears }),
    },
    {
      key: 'by',
      title: t('collecting.setup.term.setBy'),
      render: ({ setBy, setAt }) =>
        setBy === null || setAt === null ? (
          t('collecting.setup.term.usual')
        ) : (
          <>
            {person(setBy)} <Instant at={setAt} withRelative={false} />
          </>
        ),
    },
    ...(maySet
      ? [
          {
            key: 'act',
            title: t('collecting.setup.act'),
            render: (term: RecordingTerm) => (
              <Button size="small" onClick={() => setChanged(term)}>
                {t('collecting.setup.changeIt')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader title={t('shell.nav.collecting')} lead={t('collecting.setup.term.lead')} />
      <CollectingTabs />
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t('collecting.setup.tab.terms')}
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ kind }) => kind}
          isLoading={isPending}
          empty={{ title: t('collecting.setup.term.empty') }}
        />
      )}
      {changed && <TermDrawer key={changed.kind} term={changed} onClose={() => setChanged(null)} />}
    </>
  );
}
