import { useMutation, useQueryClient } from '@tanstack/react-query';
import { markRead, type Told } from './api.ts';

/** Marks notifications as read, and lets the bell and the lists know. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (items: readonly Pick<Told, 'source' | 'id'>[]) => {
      for (const item of items) await markRead(item);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  });
}
