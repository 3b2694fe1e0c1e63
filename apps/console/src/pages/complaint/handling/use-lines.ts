import { useTranslation } from 'react-i18next';
import { useAgencyName } from '../../../ui/use-agency-name.ts';
import { localTime } from '../dates.ts';
import { STAGES } from './api.ts';
import { useUnitName } from './use-names.ts';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What an entry of the timeline says of stages, tasks and hands, a line each. */
export function useHandlingLines(): (data: Readonly<Record<string, unknown>>) => readonly string[] {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const agencyName = useAgencyName();
  return (data) => {
    const [stage, unit, agency, dueAt, note] = [data.stage, data.unit, data.agencyId, data.dueAt, data.note].map(asText);
    const known = [...STAGES, 'done' as const].find((each) => each === stage);
    const isTask = 'taskId' in data;
    return [
      known && t(`handling.stage.names.${known}`),
      isTask && unit && unitName(unit),
      isTask && agency && agencyName(agency),
      dueAt && `${t('handling.stage.due')} ${localTime(dueAt)}`,
      data.late === true && t('handling.punctuality.late'),
      note,
    ].filter((line): line is string => typeof line === 'string' && line !== '');
  };
}
