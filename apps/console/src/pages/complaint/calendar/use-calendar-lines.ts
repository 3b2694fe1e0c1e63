import { useTranslation } from 'react-i18next';
import { localTime } from '../dates.ts';
import { useWord } from '../words.ts';

interface Recomputed {
  readonly country?: string;
  readonly year?: number;
  readonly version?: number;
  /** Of a stage of work. */
  readonly stage?: string;
  readonly before?: { readonly dueOn?: string; readonly dueAt?: string };
  readonly after?: { readonly dueOn?: string; readonly dueAt?: string };
  readonly conflicts?: readonly { readonly type: string }[];
}

const dateOf = (of: Recomputed['before']): string => of?.dueOn ?? (of?.dueAt ? localTime(of.dueAt) : '');

/** What the timeline says of a due date that another calendar moved. */
export function useCalendarLines(): (data: Readonly<Record<string, unknown>>) => readonly string[] {
  const { t } = useTranslation();
  const word = useWord();
  return (data) => {
    const { country = '', year = 0, version = 0, stage, before, after, conflicts = [] } = data as Recomputed;
    const moved = t('calendar.recomputed', { country, year, version, before: dateOf(before), after: dateOf(after) });
    return [
      ...(stage ? [t(`handling.stage.names.${stage as 'draft'}`)] : []),
      moved,
      ...conflicts.map(({ type }) => t('calendar.conflict', { event: word('clock.event', type) })),
    ];
  };
}
