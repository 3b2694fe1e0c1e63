import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { Choice } from '../../../ui/choice.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { HandlingTabs } from '../handling/tabs.tsx';
import { useWord } from '../words.ts';
import { calendarsQuery, yearQuery, type CalendarYear } from './api.ts';
import { DraftEditor } from './draft-editor.tsx';
import { OpenVersion, PublishedVersion } from './version-section.tsx';
import { DayLegend, YearGrid } from './year-grid.tsx';

const COUNTRIES = ['CN', 'GB', 'US'] as const;
const [FIRST_YEAR, LAST_YEAR] = [1990, 2100] as const;

const thisYear = (): number => new Date().getFullYear();

function Year({ year }: { readonly year: CalendarYear }): ReactNode {
  const { t } = useTranslation();
  const mayDraft = useMay('complaints.draftCalendar');
  const [isEditing, setEditing] = useState(false);
  const open = year.versions.find(({ state }) => state === 'draft' || state === 'proposed') ?? null;
  const published = year.versions.filter(({ state }) => state === 'published');
  if (isEditing) return <DraftEditor year={year} version={open} onClose={() => setEditing(false)} />;
  const draft = mayDraft && !open && (
    <Button type="primary" onClick={() => setEditing(true)}>
      {year.isKnown ? t('calendar.act.correct') : t('calendar.act.add')}
    </Button>
  );
  return (
    <>
      {open && <OpenVersion version={open} onEdit={() => setEditing(true)} />}
      <Section title={t('calendar.holds', { country: t(`calendar.country.${year.country}`), year: year.year })} aside={draft}>
        {year.isKnown ? (
          <>
            <p className="fb-soft">
              {year.version === 0 ? t('calendar.delivered') : t('calendar.published', { version: year.version })} · {year.source}
            </p>
            <DayLegend />
            <YearGrid year={year.year} days={year} />
          </>
        ) : (
          <Empty title={t('calendar.unknown', { year: year.year })} help={t('calendar.unknownHelp')} />
        )}
      </Section>
      {published.map((version) => (
        <PublishedVersion key={version.id} version={version} />
      ))}
    </>
  );
}

/** The working days of a year, and who changes them. */
export function CalendarPage(): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const [search, setSearch] = useSearchParams();
  const country = COUNTRIES.find((one) => one === search.get('country')) ?? 'CN';
  const asked = Number(search.get('year'));
  const year = asked >= FIRST_YEAR && asked <= LAST_YEAR ? asked : thisYear();
  const set = (next: { readonly country?: string; readonly year?: number }): void =>
    setSearch({ country: next.country ?? country, year: String(next.year ?? year) }, { replace: true });
  const calendars = useQuery(calendarsQuery);
  const found = useQuery(yearQuery(country, year));
  const calendar = calendars.data?.items.find((one) => one.country === country);
  const waiting = calendar?.years.filter(({ openId, year: of }) => openId !== null && of !== year) ?? [];
  return (
    <>
      <PageHeader title={t('calendar.title')} lead={t('calendar.lead')} />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Choice
          label={t('calendar.countryLabel')}
          value={country}
          onChange={(value) => set({ country: value })}
          options={COUNTRIES.map((value) => ({ value, label: t(`calendar.country.${value}`) }))}
        />
        <Button
          icon={<LeftOutlined aria-hidden />}
          aria-label={t('calendar.before')}
          disabled={year <= FIRST_YEAR}
          onClick={() => set({ year: year - 1 })}
        />
        <strong aria-live="polite">{year}</strong>
        <Button
          icon={<RightOutlined aria-hidden />}
          aria-label={t('calendar.next')}
          disabled={year >= LAST_YEAR}
          onClick={() => set({ year: year + 1 })}
        />
      </div>
      {calendar && (
        <p className="fb-soft">
          {calendar.packs.length === 0
            ? t('calendar.noPacks')
            : t('calendar.packs', { packs: calendar.packs.map((pack) => word('calendar.pack', pack)).join('、') })}
        </p>
      )}
      {waiting.map(({ year: of }) => (
        <p key={of}>
          <Button type="link" onClick={() => set({ year: of })}>
            {t('calendar.waiting', { year: of })}
          </Button>
        </p>
      ))}
      {found.error && <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />}
      {found.data ? <Year key={`${country}${year}`} year={found.data} /> : !found.error && <Skeleton active paragraph={{ rows: 8 }} />}
    </>
  );
}
