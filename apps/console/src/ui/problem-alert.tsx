import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '../api/problem.ts';

const WORDS = {
  offline: 'offline',
  unavailable: 'unavailable',
  'too-many-requests': 'too-many-requests',
  unauthenticated: 'unauthenticated',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  invalid: 'invalid',
  unparsable: 'invalid',
  conflict: 'conflict',
  'idempotency-key-reused': 'conflict',
  'too-large': 'too-large',
  'unsupported-media-type': 'unsupported-media-type',
  'own-draft': 'own-draft',
  'looser-than-pack': 'looser-than-pack',
} as const;

const isKnown = (code: string): code is keyof typeof WORDS => Object.hasOwn(WORDS, code);

/** The heading and help for a problem, in the reader's language. */
export function useProblemWords(): (problem: Problem) => { readonly title: string; readonly help: string } {
  const { t } = useTranslation();
  return (problem) => {
    const key = isKnown(problem.code) ? WORDS[problem.code] : 'other';
    return { title: t(`common.problem.${key}.title`), help: t(`common.problem.${key}.help`) };
  };
}

export interface ProblemAlertProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What failed, what to do about it, what the service says of it, and the number to quote. */
export function ProblemAlert({ error, onRetry }: ProblemAlertProps): ReactNode {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const { title, help } = useProblemWords()(problem);
  const isSaid = problem.detail !== null && problem.code !== 'offline' && problem.code !== 'unavailable';
  return (
    <Alert
      className="fb-problem"
      type={problem.isTransient ? 'warning' : 'error'}
      showIcon
      title={title}
      description={
        <>
          <p>{help}</p>
          {isSaid && (
            <p lang="en" className="fb-said">
              {t('common.problem.said', { detail: problem.detail })}
            </p>
          )}
          {problem.errors.length > 0 && (
            <ul lang="en">
              {problem.errors.map(({ pointer, detail }) => (
                <li key={`${pointer} ${detail}`}>
                  <code>{pointer.slice(1)}</code> {detail}
                </li>
              ))}
            </ul>
          )}
          {problem.requestId && <p className="fb-request-id">{t('common.requestId', { id: problem.requestId })}</p>}
        </>
      }
      action={onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    />
  );
}
