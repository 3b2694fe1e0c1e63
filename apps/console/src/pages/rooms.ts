import { caseRoom } from './case/room.ts';
import { importRoom } from './import/room.ts';
import { complaintRoom } from './complaint/room.ts';
import { lookbackRoom } from './lookback/room.ts';
import type { Room } from './room.ts';

/** In the order of the navigation; the first that a role may enter is its first page. */
export const rooms: readonly Room[] = [caseRoom, lookbackRoom, complaintRoom, importRoom];
