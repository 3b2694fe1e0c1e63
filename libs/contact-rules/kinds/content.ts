import type { Channel } from '../types.ts';

export interface ContentParams {
  readonly channels: readonly Channel[];
}
