import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { HoldKind } from '#contact-rules';
import type { Tx } from '#pg';
import type { HoldCause } from '../case/case.dto.ts';
import { StopService } from '../case/stop.service.ts';
import { Stopping } from '../contact/stopping.ts';
import { CareService, type Sign } from '../care/care.service.ts';
import { ObjectionService, type ReportedDispute } from '../objection/objection.service.ts';
import { TaskService } from '../task/task.service.ts';
import type { TaskKindName } from '../task/kinds.ts';
import type { Special } from './outcome.dto.ts';
import type { ContactPlace } from './outcome.store.ts';

/** What somebody is to be done for a report of its own kind: a hold that stops collection, a task for a person. */
interface Handling {
  readonly hold?: { readonly kind: HoldKind; readonly cause: HoldCause };
  readonly task?: TaskKindName;
}

/** `self-harm` and `hardship` are the care room's, `dispute` is the objection room's; `lost-contact` and `other` are recorded, and change what may be done in no other way. */
const HANDLINGS: Readonly<Record<Exclude<Special, 'self-harm' | 'hardship' | 'dispute'>, Handling>> = {
  death: { hold: { kind: 'deceased', cause: 'death' }, task: 'prove-special' },
  bankruptcy: { hold: { kind: 'insolvency', cause: 'bankruptcy' }, task: 'prove-special' },
  // Whoever says that the debt is not theirs objects to it: nothing is collected until it is verified (CC11 69).
  fraud: { hold: { kind: 'objection-open', cause: 'fraud' }, task: 'judge-fraud' },
  'cease-request': { hold: { kind: 'cease', cause: 'cease-request' } },
  imprisoned: { task: 'prove-special' },
  illness: { task: 'prove-special' },
  'lost-contact': {},
  other: {},
};

/** What an outcome says that needs special handling. */
interface Sighted {
  readonly special: Special | null;
  readonly sign: Sign | null;
  /** By whom and in what words, should it be a dispute. */
  readonly said: Pick<ReportedDispute, 'partyId' | 'channel' | 'disputed' | 'raisedAt'>;
}

type Placed = ContactPlace & { readonly attempt: string };

interface Handled {
  readonly causes: readonly HoldCause[];
  readonly objection: string | null;
}

/** What an outcome asks for besides being counted. */
@Injectable()
export class SpecialService {
  constructor(
    @Inject(StopService) private readonly stops: StopService,
    @Inject(CareService) private readonly care: CareService,
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(Stopping) private readonly stopping: Stopping,
    @Inject(ObjectionService) private readonly objections: ObjectionService,
  ) {}

  /** Waits for the gates of the case, before any row is locked and the clock is read. */
  lock(tx: Tx, institutionId: string, caseUuid: string): Promise<void> {
    return this.stopping.hold(tx, institutionId, [caseUuid]);
  }

  /** Acts on what was reported; returns the causes for which collection is stopped, and the objection that a dispute is. */
  async handle(tx: Tx, principal: Principal, { special, sign, said }: Sighted, place: Placed, at: Date): Promise<Handled> {
    const causes = await this.stop(tx, principal, { special, sign, said }, place, at);
    if (special !== 'dispute') return { causes, objection: null };
    const { attempt, caseUuid } = place;
    const objection = await this.objections.report(tx, principal, { ...said, caseUuid, evidence: `outcome/${attempt}` }, at);
    return { causes: [...causes, 'dispute'], objection };
  }

  private async stop(
    tx: Tx,
    principal: Principal,
    { special, sign }: Sighted,
    { attempt, ...place }: Placed,
    at: Date,
  ): Promise<HoldCause[]> {
    const source = `outcome/${attempt}`;
    const { caseUuid, debtor } = place;
    const causes: HoldCause[] = [];
    if (sign) {
      await this.care.open(tx, principal, sign, { ...place, source }, at);
      causes.push('care');
    }
    if (special === null || special === 'self-harm' || special === 'hardship' || special === 'dispute') return causes;
    const { hold, task } = HANDLINGS[special];
    if (hold) {
      await this.stops.stop(tx, principal, { caseUuid, debtor, ...hold, reason: source }, at);
      causes.push(hold.cause);
    }
    if (task) {
      const detail = { special, attempt };
      await this.tasks.open(tx, principal.institutionId, { kind: task, resource: `case/${caseUuid}`, caseUuid, detail }, at);
    }
    return causes;
  }

  /** Whoever was called wants no more calls. */
  async noMoreCalls(
    tx: Tx,
    principal: Principal,
    { attempt, caseUuid, debtor }: Placed,
    wish: { readonly partyId: string; readonly at: Date; readonly now: Date },
  ): Promise<void> {
    const { partyId, at, now } = wish;
    await this.stops.optOut(tx, principal, { caseUuid, debtor, partyId, channel: 'voice', at, evidence: `outcome/${attempt}` }, now);
  }
}
