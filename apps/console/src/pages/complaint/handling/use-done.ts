import { useMutation, useQueryClient, type QueryKey, type UseMutationResult } from '@tanstack/react-query';

/** Something that is done once at a time; what it changes is asked for again. */
export function useDone<Given, Answer>(
  work: (given: Given) => Promise<Answer>,
  changes: QueryKey,
  onDone?: (answer: Answer) => void,
): UseMutationResult<Answer, Error, Given> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: changes });
      onDone?.(answer);
    },
  });
}
