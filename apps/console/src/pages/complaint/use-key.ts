import { useRef } from 'react';
import { newKey } from '../../api/client.ts';

/** The idempotency key of what a form sends: the same while the same is sent again, another for something else. */
export function useKeyFor(): (body: object) => string {
  const last = useRef({ text: '', key: '' });
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current.text !== text) last.current = { text, key: newKey() };
    return last.current.key;
  };
}
