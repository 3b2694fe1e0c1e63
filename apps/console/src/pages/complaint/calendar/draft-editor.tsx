import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { useDone } from '../handling/use-done.ts';
import { useKeyFor } from '../use-key.ts';
import { CALENDARS, changeCalendar, draftCalendar, type CalendarYear, type DaysRequest, type Version } from './api.ts';
import { kindOf, monthsOf, toggled, type YearDays } from './days.ts';
import { DayLegend, YearGrid } from './year-grid.tsx';

const ROWS = 3;

export interface DraftEditorProps {
  /** The year as it holds. */
  readonly year: CalendarYear;
  /** Null: a new one. */
  readonly version: Version | null;
  readonly onClose: () => void;
}

/** Days are pressed to become holidays or worked weekends; what is different from the year as it holds is framed. */
export function DraftEditor({ year, version, onClose }: DraftEditorProps): ReactNode {
  const { t } = useTranslation();
  const keyFor = useKeyFor();
  const begin = version ?? year;
  const [days, setDays] = useState<YearDays>({ daysOff: begin.daysOff, makeUpDays: begin.makeUpDays });
  const [source, setSource] = useState(version?.source ?? '');
  const [note, setNote] = useState(version?.note ?? '');
  const save = useDone(
    (body: DaysRequest) => {
      const key = keyFor(body);
      return version ? changeCalendar(version.id, body, key) : draftCalendar({ ...body, country: year.country, year: year.year }, key);
    },
    CALENDARS,
    onClose,
  );
  const dates = monthsOf(year.year).flatMap((month) => month.dates);
  const changed = new Set(dates.filter((date) => kindOf(date, days) !== kindOf(date, year)));
  const isWhole = source.trim() !== '' && note.trim() !== '' && (changed.size > 0 || !year.isKnown);
  const body = (): DaysRequest => ({
    daysOff: [...days.daysOff],
    makeUpDays: [...days.makeUpDays],
    source: source.trim(),
    note: note.trim(),
  });
  return (
    <Section title={t('calendar.draft.title', { country: year.country, year: year.year })}>
      <p className="fb-soft">{t('calendar.draft.help')}</p>
      <DayLegend />
      <YearGrid year={year.year} days={days} changed={changed} onToggle={(date) => setDays((before) => toggled(date, before))} />
      <p role="status">{t('calendar.draft.changed', { count: changed.size })}</p>
      <Field label={t('calendar.draft.source')} help={t('calendar.draft.sourceHelp')}>
        {(ids) => <Input {...ids} value={source} maxLength={500} onChange={({ target }) => setSource(target.value)} />}
      </Field>
      <Field label={t('calendar.draft.note')} help={t('calendar.draft.noteHelp')}>
        {(ids) => <Input.TextArea {...ids} rows={ROWS} value={note} maxLength={2000} onChange={({ target }) => setNote(target.value)} />}
      </Field>
      {save.error && <ProblemAlert error={save.error} />}
      <div className="fb-row">
        <Button type="primary" disabled={!isWhole} loading={save.isPending} onClick={() => save.mutate(body())}>
          {t('calendar.draft.save')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Section>
  );
}
