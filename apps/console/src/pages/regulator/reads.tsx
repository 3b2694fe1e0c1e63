import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useSession } from '../../session/session.ts';
import { DataTable, MoreRows } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages, type Pages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { listReads, type Read } from './api.ts';
import type { Service } from '../../api/service.ts';

function useReads(service: Service): Pages<Read> {
  const session = useSession();
  const enabled = may(session, `${service}.listRegulatorReads`);
  return usePages(['regulator-reads', service], (cursor, signal) => listReads(service, cursor, signal), { enabled });
}

/** What a regulator looked at, at both services. */
export function Reads({ title }: { readonly title: string }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const lists = [useReads('collections'), useReads('complaints')];
  const items = lists.flatMap((list) => list.items).toSorted((a, b) => b.lastAt.localeCompare(a.lastAt));
  return (
    <Section title={title}>
      {lists.map(
        (list, at) => list.error && <ProblemAlert key={at === 0 ? 'collections' : 'complaints'} error={list.error} onRetry={list.retry} />,
      )}
      <DataTable
        label={title}
        rows={items}
        rowKey={({ id }) => id}
        isLoading={lists.some((list) => list.isLoading)}
        empty={{ title: t('regulator.noReads') }}
        columns={[
          {
            key: 'what',
            title: t('regulator.what'),
            onCard: 'head',
            render: ({ service, method, route, query }) => (
              <>
                {t(`regulator.service.${service}`)} <code className="fb-id">{`${method} ${route}${query === '' ? '' : `?${query}`}`}</code>
              </>
            ),
          },
          { key: 'which', title: t('regulator.which'), render: ({ resource }) => <code className="fb-id">{resource}</code> },
          { key: 'who', title: t('regulator.who'), render: ({ subject }) => person(subject) },
          {
            key: 'answer',
            title: t('regulator.answer'),
            onCard: 'corner',
            render: ({ status }) => <StateTag tone={status < 400 ? 'good' : 'quiet'}>{status}</StateTag>,
          },
          { key: 'times', title: t('regulator.times'), align: 'end', render: ({ times }) => times },
          { key: 'when', title: t('regulator.when'), render: ({ lastAt }) => <Instant at={lastAt} timeZone={READER_ZONE} /> },
        ]}
      />
      <MoreRows
        count={items.length}
        hasMore={lists.some((list) => list.more.hasMore)}
        isLoading={lists.some((list) => list.more.isLoading)}
        onMore={() => {
          for (const list of lists) if (list.more.hasMore) list.more.onMore();
        }}
      />
    </Section>
  );
}
