import { useMutation, useQueryClient } from '@tanstack/react-query';
import { markRead } from './api.ts';

/** Marks notifications as read, and lets the bell and the lists know. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) await markRead(id);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  });
}
