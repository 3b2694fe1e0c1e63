import type { Channel, ConsentKind } from '../types.ts';

export interface DeviceParams {
  readonly channels: readonly Channel[];
  readonly consent: ConsentKind | null;
}
