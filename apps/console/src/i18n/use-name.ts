import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** The name of something that the services may know more kinds of than this page: where there is no word, the code itself. */
export function useName(): (
  group:
    | 'rules'
    | 'rowError'
    | 'evidence.kindName'
    | 'cases.source'
    | 'lookback.fact'
    | 'contact.channel'
    | 'policyDraft.history.action'
    | 'screening.form.modes'
    | 'shell.role'
    | 'contact.outcome.results'
    | 'outcome.reached'
    | 'outcome.special'
    | 'outcome.attitude'
    | 'outcome.stop'
    | 'collecting.act'
    | 'collecting.variable'
    | 'portfolio.people.source'
    | 'collecting.promiseState'
    | 'task.detail'
    | 'task.kind',
  code: string,
) => string {
  // Draws again when the language changes.
  useTranslation();
  return (group, code) => {
    const key = `${group}.${code}`;
    return i18next.exists(key) ? (i18next.t as (name: string) => string)(key) : code;
  };
}
