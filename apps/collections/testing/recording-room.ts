import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { CaseService } from '../src/case/case.service.ts';
import { CaseStore } from '../src/case/case.store.ts';
import { RegisterDesk } from '../src/case/register-desk.ts';
import { RegisterStore } from '../src/case/register.store.ts';
import { KeepingService } from '../src/recording/keeping.service.ts';
import { ListeningService } from '../src/recording/listening.service.ts';
import { RecordingService } from '../src/recording/recording.service.ts';
import { RecordingStore } from '../src/recording/recording.store.ts';
import type { Stage } from './stage.ts';

export const deskOf = (stage: Stage): RegisterDesk => new RegisterDesk(stage.source, stage.clock, new RegisterStore(), new CaseStore());
export const casesOf = (stage: Stage): CaseService => new CaseService(stage.source, new CaseStore(), stage.vault, stage.clock);
export const actsOf = (stage: Stage): ActService => new ActService(new ActStore(), stage.vault);

/** A second of silence as a telephone keeps it. */
export function wav(seconds = 1, mark = 0): Buffer {
  const samples = Buffer.alloc(8000 * seconds, mark);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(7, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** The room of recordings on a stage. */
export function recordingRoom(stage: Stage) {
  const desk = deskOf(stage);
  const store = new RecordingStore(stage.vault);
  const recordings = new RecordingService(stage.source, { recordingLimitBytes: 1e9 }, desk, store, stage.uploads);
  return {
    recordings,
    listening: new ListeningService(stage.source, desk, store, stage.uploads, casesOf(stage)),
    keeping: new KeepingService(stage.source, desk, store, stage.uploads, actsOf(stage)),
  };
}
