import { agencyRoom } from './agency/room.ts';
import { caseRoom } from './case/room.ts';
import { complaintTaskRoom } from './complaint/handling/room.ts';
import { complaintRoom } from './complaint/room.ts';
import { evidenceRoom } from './evidence/room.ts';
import { importRoom } from './import/room.ts';
import { lookbackRoom } from './lookback/room.ts';
import { messageRoom } from './message/room.ts';
import { notificationRoom } from './notification/room.ts';
import { oversightRoom } from './oversight/room.ts';
import { planRoom } from './plan/room.ts';
import { policyRoom } from './policy/room.ts';
import { qualityRoom } from './quality/room.ts';
import { portfolioRoom } from './portfolio/room.ts';
import { regulatorRoom } from './regulator/room.ts';
import { reportRoom } from './report/room.ts';
import { retentionRoom } from './retention/room.ts';
import { careRoom } from './care/room.ts';
import { collectingRoom } from './collecting/room.ts';
import { visitRoom } from './visit/room.ts';
import { worklistRoom } from './worklist/room.ts';
import type { Room } from './room.ts';
import { screeningRoom } from './screening/room.ts';
import { taskRoom } from './task/room.ts';

/** In the order of the navigation; the first that a role may enter is its first page, unless another is its home. */
export const rooms: readonly Room[] = [
  caseRoom,
  worklistRoom,
  planRoom,
  taskRoom,
  complaintRoom,
  complaintTaskRoom,
  visitRoom,
  careRoom,
  collectingRoom,
  screeningRoom,
  policyRoom,
  messageRoom,
  agencyRoom,
  oversightRoom,
  qualityRoom,
  portfolioRoom,
  lookbackRoom,
  regulatorRoom,
  reportRoom,
  evidenceRoom,
  retentionRoom,
  importRoom,
  notificationRoom,
];
