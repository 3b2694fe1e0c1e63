import type { Channel } from '../types.ts';

export interface CalendarParams {
  /** Local dates on which nobody is contacted, both included. */
  readonly dates: readonly { readonly from: string; readonly to: string }[];
  readonly channels: readonly Channel[];
  /** Codes of GB/T 2260; a code that ends in zeros covers what lies in it. Left out: everywhere. */
  readonly regions?: readonly string[];
}
