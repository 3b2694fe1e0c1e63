import { useQueryClient } from '@tanstack/react-query';
import { REPAYMENT } from './api.ts';

/** What changes a plan changes its case: holds, and whether anybody may be contacted. */
export function useAfter(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all([REPAYMENT, ['case'], ['contactability']].map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })));
  };
}
