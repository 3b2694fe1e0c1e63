import { useTranslation } from 'react-i18next';

/** Groups of codes that have words; an institution may use codes of its own, which are shown as they are. */
export type WordGroup =
  | 'complaint.channel'
  | 'complaint.category'
  | 'complaint.timeline.kind'
  | 'complaint.action.outcome'
  | 'complaint.action.form'
  | 'clock.state'
  | 'clock.term'
  | 'clock.cause'
  | 'clock.event'
  | 'clock.reason'
  | 'clock.approver'
  | 'clock.rejected'
  | 'clock.milestone'
  | 'calendar.pack'
  | 'calendar.matter'
  | 'report.kindName';

/** The word for a code in the reader's language; the code itself, or what is given instead, where there is none. */
export function useWord(): (group: WordGroup, code: string, otherwise?: string) => string {
  const { t, i18n } = useTranslation();
  return (group, code, otherwise = code) => {
    const key = `${group}.${code}`;
    // A code with a dot would be taken for a path.
    return code !== '' && !code.includes('.') && i18n.exists(key) ? t(key as 'clock.state.running') : otherwise;
  };
}
