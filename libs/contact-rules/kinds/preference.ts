import type { ConsentKind } from '../types.ts';

export interface PreferenceParams {
  /** The kind of consent that lifts an opt-out given before it. */
  readonly consent: ConsentKind;
}
