import type { ReactNode } from 'react';

export type Tone = 'good' | 'bad' | 'wait' | 'busy' | 'quiet';

/** A state in a word. The mark differs as well as the colour, for who cannot tell the colours apart. */
export function StateTag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  return (
    <span className={`fb-tag fb-tone-${tone}`}>
      <span className="fb-tag-mark" aria-hidden />
      {children}
    </span>
  );
}
