import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import { publishAll } from '#events';
import type { Tx } from '#pg';
import { TimelineService } from '../timeline/timeline.service.ts';
import { OpeningService } from '../dossier/opening.service.ts';
import { asksForHold, isAboutCollection } from './about-collection.ts';
import { COLLECTION_HOLD, type AskedHold, type HoldRequest, type HoldResult } from './hold.events.ts';
import type { HeldComplaint, HoldChoice } from './hold.scope.ts';
import { HoldStore, type AskedRecord } from './hold.store.ts';

const SYSTEM = 'system';

/** Asks collections to leave alone whom a complaint about collection is about, for as long as it is open. */
@Injectable()
export class HoldService {
  constructor(
    @Inject(HoldStore) private readonly store: HoldStore,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(OpeningService) private readonly files: OpeningService,
  ) {}

  /** For complaints that have just been registered, open or not: those about collection get a file, and the open ones ask for a hold. */
  async begin(
    tx: Tx,
    institutionId: string,
    complaints: readonly HeldComplaint[],
    open: readonly HeldComplaint[],
    now: Date,
  ): Promise<void> {
    await this.files.open(tx, institutionId, complaints.filter(isAboutCollection), SYSTEM, now);
    await this.request(tx, institutionId, open, null, now);
  }

  /** Asks for a hold (`until` null) or for its end, for those of the complaints that are about collection and name an account. */
  async request(tx: Tx, institutionId: string, complaints: readonly HeldComplaint[], until: Date | null, now: Date): Promise<void> {
    const choices = await this.store.choices(
      tx,
      complaints.map(({ id }) => id),
    );
    const asked = complaints.flatMap((complaint) => toAsked(complaint, choices.get(complaint.id) ?? null, until, now));
    if (asked.length === 0) return;
    await this.store.request(
      tx,
      institutionId,
      asked.map(({ complaintId, version, until: end, agencyId, collectorId, channel, contactPoint }) => ({
        id: complaintId,
        version,
        wanted: end === null,
        scope: { agencyId, collectorId, channel, contactPoint },
      })),
      now,
    );
    await publishAll(tx, institutionId, COLLECTION_HOLD, asked);
    await this.timeline.add(
      tx,
      institutionId,
      asked.map(({ complaintId, account, agencyId, collectorId, channel, until: end }) => ({
        complaintId,
        at: now,
        kind: 'hold-requested',
        actor: SYSTEM,
        data: { account, agencyId, collectorId, ...(channel !== null && { channel }), until: end },
      })),
    );
  }

  /** Makes the holds of complaints what they should be, whatever has happened to them: on while they are undecided, off after, on again when reopened. */
  async reconcile(tx: Tx, institutionId: string, ids: readonly string[], now: Date): Promise<void> {
    const wrong = await this.store.wrong(tx, institutionId, ids);
    await this.request(
      tx,
      institutionId,
      wrong.filter(({ wanted }) => wanted),
      null,
      now,
    );
    await this.request(
      tx,
      institutionId,
      wrong.filter(({ wanted }) => !wanted),
      now,
      now,
    );
  }

  /** Holds another scope from now on. The complaint is locked. */
  async choose(tx: Tx, institutionId: string, complaint: HeldComplaint, choice: HoldChoice): Promise<void> {
    await this.store.choose(tx, institutionId, complaint.id, choice);
    await this.request(tx, institutionId, [complaint], null, choice.chosenAt);
  }

  choiceOf(tx: Tx, complaintId: string): Promise<HoldChoice | null> {
    return this.store.choices(tx, [complaintId]).then((choices) => choices.get(complaintId) ?? null);
  }

  askedOf(tx: Tx, complaintId: string): Promise<AskedRecord | null> {
    return this.store.asked(tx, complaintId);
  }

  /** Takes what collections answered. An answer to a request that another has followed says nothing any more. */
  async acknowledge(tx: Tx, institutionId: string, request: AskedHold, result: HoldResult): Promise<void> {
    const taken = await this.store.answer(tx, institutionId, request.complaintId, request.version, result.state);
    if (!taken) return;
    const at = this.clock.override ?? (await this.store.now(tx));
    await this.store.noteAnswer(tx, request.complaintId, request.version, at);
    const { debtorId, caseId } = result;
    await this.timeline.add(tx, institutionId, [
      {
        complaintId: request.complaintId,
        at,
        kind: `hold-${result.state}`,
        actor: SYSTEM,
        data: { account: request.account, debtorId, caseId },
      },
    ]);
  }
}

/** What is asked for a complaint; none where it is not about collection or no account is known, unless somebody chose. */
function toAsked(complaint: HeldComplaint, choice: HoldChoice | null, until: Date | null, now: Date): HoldRequest[] {
  const account = choice?.account ?? complaint.account;
  if (account === null || (choice === null && !asksForHold(complaint))) return [];
  // Who chose that nothing be held ends what was held; of what never was there is nothing to end.
  const end = choice?.scope === 'none' ? now : until;
  const scope = choice ?? { agencyId: complaint.agencyId, collectorId: complaint.collectorId, channel: null, contactPoint: null };
  return [
    {
      complaintId: complaint.id,
      version: complaint.holdVersion + 1,
      account,
      agencyId: scope.agencyId,
      collectorId: scope.collectorId,
      channel: scope.channel,
      contactPoint: scope.contactPoint,
      from: complaint.registeredAt.toISOString(),
      until: end && end.toISOString(),
      number: complaint.number,
    },
  ];
}
