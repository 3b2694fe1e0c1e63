import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ScreeningView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { LIST_OPTIONS, listScreenings, SCREENINGS } from './api.ts';
import { AskForm } from './ask-form.tsx';

export const SCREENING_TONES = { queued: 'quiet', running: 'busy', done: 'good', failed: 'bad', cancelled: 'quiet' } as const;

function useColumns(): Column<ScreeningView>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (value: number | null): string => (value === null ? '–' : formatCount(value, language));
  return [
    {
      key: 'name',
      title: t('screening.list.name'),
      onCard: 'head',
      render: (row) => <Link to={`/screenings/${row.id}`}>{row.name ?? row.filter.list ?? t('screening.list.noName')}</Link>,
    },
    { key: 'way', title: t('screening.list.way'), render: ({ question }) => t(`contact.channel.${question.channel}`) },
    {
      key: 'at',
      title: t('screening.list.at'),
      render: ({ at, question }) => {
        const judged = at ?? question.at;
        return judged === null ? '–' : <Instant at={judged} timeZone={READER_ZONE} withRelative={false} />;
      },
    },
    { key: 'permitted', title: t('screening.list.permitted'), align: 'end', render: ({ permitted }) => count(permitted) },
    { key: 'refused', title: t('screening.list.refused'), align: 'end', render: ({ refused }) => count(refused) },
    {
      key: 'created',
      title: t('screening.list.created'),
      render: ({ createdAt }) => <Instant at={createdAt} timeZone={READER_ZONE} />,
    },
    {
      key: 'state',
      title: t('screening.list.state'),
      onCard: 'corner',
      render: ({ state }) => <StateTag tone={SCREENING_TONES[state]}>{t(`screening.state.${state}`)}</StateTag>,
    },
  ];
}

/** Where a screening begins, and those that were made. */
export function ScreeningListPage(): ReactNode {
  const { t } = useTranslation();
  const mayStart = useMay('collections.createScreening');
  const columns = useColumns();
  const pages = usePages([...SCREENINGS, 'list'], listScreenings, LIST_OPTIONS);
  return (
    <>
      <PageHeader title={t('screening.title')} lead={mayStart ? t('screening.lead') : t('screening.readOnly')} />
      {mayStart && <AskForm />}
      <Section title={t('screening.list.title')}>
        {pages.error ? (
          <ProblemAlert error={pages.error} onRetry={pages.retry} />
        ) : (
          <>
            <DataTable
              label={t('screening.list.title')}
              columns={columns}
              rows={pages.items}
              rowKey={({ id }) => id}
              isLoading={pages.isLoading}
              empty={{
                title: t('screening.list.empty'),
                help: mayStart ? t('screening.list.emptyHelp') : t('screening.list.emptyReadOnly'),
              }}
            />
            <MoreRows {...pages.more} />
          </>
        )}
      </Section>
    </>
  );
}
