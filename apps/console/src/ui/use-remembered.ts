import { useState } from 'react';

/** A short text that this browser keeps from one visit to the next. */
export function useRemembered(name: string): [string, (value: string) => void] {
  const key = `forbear.worklist.${name}`;
  const [value, setValue] = useState(() => globalThis.localStorage.getItem(key) ?? '');
  return [
    value,
    (next) => {
      setValue(next);
      globalThis.localStorage.setItem(key, next);
    },
  ];
}

/** The number under which the reader is registered as a collector. */
export const useCollectorNumber = (): [string, (value: string) => void] => useRemembered('collector');
