import type { ReactNode } from 'react';
import type { Look } from './look.ts';

/** A pattern for SVG, 8 by 8. Its ids are unique to the drawing. */
export function Pattern({ id, look }: { readonly id: string; readonly look: Look }): ReactNode {
  const { fill, stroke, pattern } = look;
  return (
    <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill={fill} />
      {(pattern === 'slant' || pattern === 'cross') && <path d="M-2 2 2-2M0 8 8 0M6 10 10 6" stroke={stroke} strokeWidth="1.5" />}
      {pattern === 'cross' && <path d="M-2 6 2 10M0 0 8 8M6-2 10 2" stroke={stroke} strokeWidth="1.5" />}
      {pattern === 'dots' && <circle cx="4" cy="4" r="1.4" fill={stroke} />}
      {pattern === 'rails' && <path d="M0 2H8M0 6H8" stroke={stroke} strokeWidth="1" strokeDasharray="4 4" />}
      {pattern === 'bars' && <path d="M2 0V8" stroke={stroke} strokeWidth="1.5" />}
    </pattern>
  );
}
