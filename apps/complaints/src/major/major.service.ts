import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { decodeCursor, isUuid, toPage } from '#wire';
import { pastInstant } from '../complaint/past-instant.ts';
import type { MajorListRequest, MajorRequest, MarkAsMajorRequest } from './major.dto.ts';
import type { MajorItem, MajorPage, MajorView } from './major.view.ts';
import { MajorDesk, wrong, type Acting, type Call } from './major.desk.ts';
import { ALREADY_MAJOR, DRILL_HAS_NO_COMPLAINTS } from './major.refusals.ts';
import { MajorReading, MajorStores, say, SEALED } from './major.reading.ts';
import { MajorSettingsService } from './major-settings.service.ts';
import { SOURCE, reportClock, stepDue, type MajorKind, type MajorSettings } from './plan.ts';

const DEFAULT_LIMIT = 50;
// Whoever learns of it later than this names an earlier matter.
const OLDEST_MS = 30 * 86_400_000;

/** A matter that is to be opened. */
export interface Opening {
  readonly kind: MajorKind;
  readonly title: string;
  readonly reason: string;
  readonly persons?: number | null;
  readonly knownAt?: string | null;
  readonly drill: boolean;
  readonly complaintIds: readonly string[];
  /** Whether those of another open matter are left where they are, else refused. */
  readonly leaves: boolean;
}

/** Major complaints: what is one, since when it is known, and which complaints belong to it. */
@Injectable()
export class MajorService {
  constructor(
    @Inject(MajorDesk) private readonly desk: MajorDesk,
    @Inject(MajorStores) private readonly stores: MajorStores,
    @Inject(MajorReading) private readonly readings: MajorReading,
    @Inject(MajorSettingsService) private readonly settings: MajorSettingsService,
  ) {}

  /** The newest first. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: MajorListRequest, requestId: string): Promise<MajorPage> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    return this.desk.read(principal, async (tx, now) => {
      const { state = null, kind = null, drill = null } = request;
      const filter = { institutionId: principal.institutionId, state, kind, drill, after, limit, now };
      const page = toPage(
        await this.stores.matters.list(tx, filter),
        limit,
        ({ id }) => id,
        (matter) => matter,
      );
      return { ...page, items: await this.readings.items(tx, principal, page.items, now, requestId) };
    });
  }

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, id: string, requestId: string): Promise<MajorView> {
    return this.desk.read(principal, (tx) => this.desk.show(tx, principal, id, requestId));
  }

  /** Those that a complaint belongs or belonged to, the newest first. */
  async ofComplaint(tx: Tx, principal: Principal, complaintId: string, requestId: string): Promise<MajorItem[]> {
    const now = await this.desk.pens.reading.now(tx);
    return this.readings.items(tx, principal, await this.stores.matters.ofComplaint(tx, complaintId, now), now, requestId);
  }

  /** Refuses with INVALID by field, NOT_FOUND for a complaint, RECUSED, ALREADY_MAJOR, DRILL_HAS_NO_COMPLAINTS, IDEMPOTENCY_KEY_REUSED. */
  open(call: Call, request: MajorRequest): Promise<MajorView> {
    const { complaintIds = [], drill = false, ...given } = request;
    return this.desk.make(call, (tx, now) => this.openIn(tx, call.principal, now, { ...given, complaintIds, drill, leaves: false }));
  }

  /** The same for one complaint, from its page. */
  mark(call: Call, complaintId: string, request: MarkAsMajorRequest): Promise<MajorView> {
    return this.desk.make(call, (tx, now) =>
      this.openIn(tx, call.principal, now, { ...request, complaintIds: [complaintId], drill: false, leaves: false }),
    );
  }

  /** Refuses as `open`, and with MATTER_ENDED. */
  add(call: Call, matterId: string, complaintIds: readonly string[]): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      if (acting.matter.drill) throw new Refusal(DRILL_HAS_NO_COMPLAINTS, { detail: 'Open a matter of its own for it.' });
      await this.join(acting, complaintIds, false);
    });
  }

  /** In a transaction that holds the lock of the room. Returns its id. */
  async openIn(tx: Tx, principal: Principal, now: Date, opening: Opening): Promise<string> {
    const { kind, drill, complaintIds, title, reason } = opening;
    const { institutionId, subject: openedBy } = principal;
    const { version, value } = await this.settings.inForce(tx, institutionId);
    const persons = personsOf(opening, value);
    const knownAt = knownSince(opening, now);
    if (drill && complaintIds.length > 0) throw new Refusal(DRILL_HAS_NO_COMPLAINTS, { detail: 'Leave `complaintIds` out.' });
    if (!drill && complaintIds.length === 0) throw wrong('/complaintIds', 'name at least one complaint, or make it a drill');
    const { dueAt, remindAt } = reportClock(kind, knownAt, value);
    const { matters, parts } = this.stores;
    const id = await matters.insert(tx, {
      institutionId,
      prefix: `${drill ? 'YL' : 'ZD'}${say(now).slice(0, 4)}-`,
      kind,
      drill,
      titleSealed: this.desk.seal(title, SEALED.title),
      persons,
      knownAt,
      openedBy,
      openedAt: now,
      settingsVersion: version,
      reportDueAt: dueAt,
      remindAt,
    });
    const steps = value.steps.map((step) => ({
      ofPlan: true,
      textSealed: this.desk.seal(JSON.stringify({ zh: step.zh, en: step.en }), SEALED.step),
      ownerRole: step.role,
      owner: null,
      dueAt: stepDue(step, knownAt),
    }));
    await parts.addSteps(tx, institutionId, id, steps);
    const acting: Acting = { tx, principal, now, matter: await this.desk.find(tx, principal, id, now) };
    await this.desk.enter(acting, 'opened', { kind, persons, version }, reason);
    if (!drill) await this.join(acting, complaintIds, opening.leaves);
    return id;
  }

  /** In a transaction that holds the lock of the room. */
  async join(acting: Acting, given: readonly string[], leaves: boolean): Promise<void> {
    const { tx, principal, matter, now } = acting;
    const ids = [...new Set(given)];
    // Named by people: each must be there. Found by a query: they are.
    if (!leaves) for (const id of ids) await this.desk.pens.reading.find(tx, principal, id);
    const added = await this.stores.matters.addComplaints(tx, matter, ids, principal.subject, now);
    if (!leaves && added.length < ids.length) {
      const others = ids.flatMap((id, at) =>
        added.includes(id) ? [] : [{ pointer: `/complaintIds/${at}`, detail: 'is part of an open matter' }],
      );
      throw new Refusal(ALREADY_MAJOR, { errors: others });
    }
    if (added.length === 0 && matter.complaints === 0)
      throw new Refusal(ALREADY_MAJOR, { detail: 'All of them are part of open matters.' });
    await this.desk.refuseRecused(tx, principal, matter.id);
    await this.desk.enter(acting, 'complaints-added', { count: added.length }, null);
    await this.desk.tell(acting, added, 'major-marked');
    await this.desk.changed(acting, added);
  }
}

/** Refuses with INVALID where the persons do not make a group. */
function personsOf({ kind, persons }: Opening, settings: MajorSettings): number | null {
  if (kind !== 'group') return persons ?? null;
  if (persons == null) throw wrong('/persons', 'is needed for `group`', SOURCE);
  if (persons < settings.persons)
    throw wrong('/persons', `a group has ${settings.persons} persons or more; take \`designated\` and give the reason`, SOURCE);
  return persons;
}

/** Refuses with INVALID for what lies ahead, or long ago. */
function knownSince({ knownAt }: Opening, now: Date): Date {
  const at = knownAt == null ? now : pastInstant(knownAt, now);
  if (at === null) throw wrong('/knownAt', 'is in the future');
  if (now.getTime() - at.getTime() > OLDEST_MS) throw wrong('/knownAt', 'is more than 30 days ago');
  return at;
}
