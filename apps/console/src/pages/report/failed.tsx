import type { ReactNode } from 'react';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { Both } from './use-both.ts';

/** Which of the two services could not be read. */
export const Failed = ({ of }: { readonly of: Pick<Both<unknown>, 'failed'> }): ReactNode =>
  of.failed.map(({ service, error, retry }) => <ProblemAlert key={service} error={error} onRetry={retry} />);
