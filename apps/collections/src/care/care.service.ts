import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { findCareSigns, type CareSign } from '#contact-rules';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import { StopService } from '../case/stop.service.ts';
import { TaskService } from '../task/task.service.ts';
import { CareStore } from './care.store.ts';

/** What shows that a debtor is in danger or in need. */
export interface Sign {
  readonly sign: CareSign;
  /** As they were found in a text; empty: somebody said so. */
  readonly words: readonly string[];
}

/** Where it was seen. */
export interface Sighting {
  /** Our ids. */
  readonly caseUuid: string;
  readonly debtor: string;
  readonly agencyId: string | null;
  /** `outcome/<attempt>` or `note/<id>`. */
  readonly source: string;
}

/** The gravest sign of what somebody said and wrote; null: there is none. */
export function signOf(said: CareSign | null, text: string | null): Sign | null {
  const found = text === null ? [] : findCareSigns(text);
  const [first] = found;
  const danger = found.find(({ sign }) => sign === 'self-harm');
  const words = found.flatMap((hit) => hit.words);
  if (said === 'self-harm' || danger) return { sign: 'self-harm', words };
  return (said ?? first) ? { sign: 'hardship', words } : null;
}

/** Stops collection at once where a debtor is in danger or in need, and hands the case to a person. */
@Injectable()
export class CareService {
  constructor(
    @Inject(CareStore) private readonly store: CareStore,
    @Inject(StopService) private readonly stops: StopService,
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /**
   * In the transaction of what shows it, with the gates of the case held (`Stopping.hold`): all contact with the debtor is held, open permits are taken back,
   * and somebody of the bank has to look. A debtor whose case is open already stays as they are.
   */
  async open(tx: Tx, principal: Principal, { sign, words }: Sign, sighting: Sighting, at: Date): Promise<void> {
    const { institutionId, subject: by } = principal;
    const { caseUuid, debtor, agencyId, source } = sighting;
    // The kind that holds all contact for every purpose in every pack; that it is for care, its cause says.
    const reason = `${sign}: ${source}`;
    const hold = await this.stops.stop(tx, principal, { caseUuid, debtor, kind: 'cease', cause: 'care', reason }, at);
    const id = await this.store.add(tx, { institutionId, caseUuid, debtor, hold, agencyId, sign, source, words, by, at });
    if (id === null) return;
    await this.tasks.open(tx, institutionId, { kind: 'care-case', resource: `care-case/${id}`, caseUuid, detail: { sign } }, at);
    await this.acts.note(tx, principal, { action: 'care-opened', resource: id, caseUuid, detail: { sign } }, at);
  }
}
