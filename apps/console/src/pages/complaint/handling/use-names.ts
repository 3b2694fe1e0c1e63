import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../../session/session.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { membersQuery, unitsQuery } from './api.ts';

/** What a person of the desk is called: by the desk's list, and otherwise as everywhere. */
export function useMemberName(): (subject: string) => string {
  const person = usePerson();
  const may = useMay('complaints.listDeskMembers');
  const { data } = useQuery({ ...membersQuery(true), enabled: may });
  const names = new Map((data?.items ?? []).map(({ subject, name }) => [subject, name]));
  return (subject) => names.get(subject) || person(subject);
}

/** What a unit is called in the reader's language. */
export function useUnitName(): (code: string) => string {
  const language = useLanguage();
  const may = useMay('complaints.listDeskUnits');
  const { data } = useQuery({ ...unitsQuery, enabled: may });
  const units = new Map((data?.items ?? []).map((unit) => [unit.code, language === 'zh' ? unit.nameZh : unit.nameEn]));
  return (code) => units.get(code) ?? code;
}
