import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey } from '../../api/client.ts';
import { useMay } from '../../session/session.ts';
import type { Service } from '../../api/service.ts';

/** Whether the reader may change anything here. */
export function useChanges(service: Service): boolean {
  const may = { collections: useMay('collections.createRetentionRun'), complaints: useMay('complaints.createRetentionRun') };
  return may[service];
}

/** Something that is done; what is shown of retention is read again, and the next time is another intention. */
export function useAct<Given, Result>(
  act: (given: Given, key: string) => Promise<Result>,
  then: (result: Result) => void = () => undefined,
) {
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (given: Given) => act(given, key),
    onSuccess: async (result: Result) => {
      setKey(newKey());
      await queries.invalidateQueries({ queryKey: ['retention'] });
      then(result);
    },
  });
}
