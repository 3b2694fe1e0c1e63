import type { ReactNode } from 'react';
import type { Looseness } from '../wire.ts';

/** What the service says of a part of the draft, at that part. */
export function LooserHere({ looser, at }: { readonly looser: readonly Looseness[]; readonly at: string }): ReactNode {
  const here = looser.filter(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`));
  if (here.length === 0) return null;
  return (
    <div className="fb-looser" role="alert">
      <ul>
        {[...new Set(here.map(({ text }) => text))].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
