import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import { agencyDay, agencyInstant, agencyResource, bankOnly } from '../agency/agency-desk.ts';
import { TaskService } from '../task/task.service.ts';
import { FindingDesk } from './finding.desk.ts';
import type { AgencyCheckView, AgencyFindingView, FindingListRequest, JudgementRequest } from './finding.dto.ts';
import { ALREADY_JUDGED } from './finding.refusals.ts';
import { FindingStore, type FindingRecord } from './finding.store.ts';
import { pointersOf, pointersOfRegister, type Pointer } from './pointers.ts';

const DEFAULT_LIMIT = 50;
const REASON = 'agency_finding.reason';
const KIND = 'judge-agency-finding';
const zone = Zone.of(DEFAULT_TIME_ZONE);
const findingResource = (id: string): string => `agency-finding/${id}`;

/** What points at sub-contracting, found by the day and judged by people of the bank. Agencies are not told. */
@Injectable()
export class FindingService {
  constructor(
    @Inject(FindingDesk) private readonly desk: FindingDesk,
    @Inject(FindingStore) private readonly store: FindingStore,
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Looks at a local day of an institution, as often as one likes: what is known is not found again. How many findings are new. */
  async look(tx: Tx, institutionId: string, day: string, now: Date): Promise<number> {
    // Two that look at once would find the same.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 12))', [institutionId]);
    const start = zone.dateStart(day);
    const [from, to] = [new Date(start), new Date(zone.addDays(start, 1))];
    const sightings = await this.store.sightings(tx, institutionId, from, to);
    const register = await this.store.register(tx, institutionId, from, to);
    return this.record(tx, institutionId, pointersOf(day, sightings, register), { day, now });
  }

  /** Looks at who has registered a work tool, when it is registered. */
  async lookAtDevice(tx: Tx, institutionId: string, deviceId: string, now: Date): Promise<number> {
    const devices = await this.store.holders(tx, institutionId, deviceId);
    const pointers = pointersOfRegister({ agencies: [], collectors: [], seats: [], devices });
    return pointers.length === 0 ? 0 : this.record(tx, institutionId, pointers, { day: agencyDay(now), now });
  }

  private async record(
    tx: Tx,
    institutionId: string,
    pointers: readonly Pointer[],
    at: { readonly day: string; readonly now: Date },
  ): Promise<number> {
    const opened = await this.store.record(tx, institutionId, pointers, at);
    // Whose matter it is stands in the detail: a task of the agency's own would warn it.
    const tasks = opened.map(
      ({ id, agencyId, kind }) => ({ kind: KIND, resource: findingResource(id), detail: { agencyId, kind } }) as const,
    );
    await this.tasks.openAll(tx, institutionId, tasks, at.now);
    return opened.length;
  }

  /** Looks at a day now. Refuses with FORBIDDEN, INVALID for a day to come, IDEMPOTENCY_KEY_REUSED. */
  async check(principal: Principal, given: string | null, idempotency: IdempotentRequest | null): Promise<AgencyCheckView> {
    bankOnly(principal);
    const { institutionId } = principal;
    return this.desk.once(
      principal,
      idempotency,
      async (tx, now) => {
        const today = agencyDay(now);
        const day = given ?? today;
        if (day > today) throw new Refusal(INVALID, { errors: [{ pointer: '/day', detail: `has not come; today is ${today}` }] });
        await this.look(tx, institutionId, day, now);
        return day;
      },
      async (tx, day) => ({ day, ...(await this.store.countOn(tx, institutionId, day)) }),
    );
  }

  /** The newest first. Refuses with FORBIDDEN, INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: FindingListRequest): Promise<Page<AgencyFindingView>> {
    bankOnly(principal);
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId } = principal;
    const { agencyId = null, state = null, kind = null } = request;
    return this.desk.read(principal, async (tx) =>
      toPage(
        await this.store.list(tx, { institutionId, agencyId, state, kind, after, limit }),
        limit,
        ({ id }) => id,
        (record) => this.toView(record),
      ),
    );
  }

  /** Refuses with FORBIDDEN, NOT_FOUND. */
  async find(principal: Principal, id: string): Promise<AgencyFindingView> {
    bankOnly(principal);
    return this.desk.read(principal, (tx) => this.show(tx, principal.institutionId, id));
  }

  /** Says whether it is so. Refuses with FORBIDDEN, NOT_FOUND, ALREADY_JUDGED, IDEMPOTENCY_KEY_REUSED. */
  async judge(
    principal: Principal,
    id: string,
    { verdict, reason }: JudgementRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyFindingView> {
    bankOnly(principal);
    const { institutionId, subject: by } = principal;
    return this.desk.once(
      principal,
      idempotency,
      async (tx, now) => {
        const found = isUuid(id) ? await this.store.lock(tx, institutionId, id) : null;
        if (found === null) throw noFinding();
        if (found.state !== 'open') throw new Refusal(ALREADY_JUDGED, { detail: `${found.judgedBy} said it is ${found.state}.` });
        await this.store.judge(tx, id, { state: verdict, by, at: now, reasonSealed: this.vault.seal(reason, REASON) });
        await this.tasks.close(tx, institutionId, { kind: KIND, resource: findingResource(id) }, { by, outcome: verdict, at: now });
        const detail = { findingId: id, kind: found.kind, verdict };
        await this.acts.note(
          tx,
          principal,
          { action: 'agency-finding-judged', resource: agencyResource(found.agencyId), detail, reason },
          now,
        );
        return id;
      },
      (tx) => this.show(tx, institutionId, id),
    );
  }

  private async show(tx: Tx, institutionId: string, id: string): Promise<AgencyFindingView> {
    const record = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (record === null) throw noFinding();
    return this.toView(record);
  }

  private toView({ days, reasonSealed, judgedAt, ...record }: FindingRecord): AgencyFindingView {
    return {
      id: record.id,
      agencyId: record.agencyId,
      agencyName: record.agencyName,
      kind: record.kind,
      about: record.about,
      state: record.state,
      firstSeenOn: record.firstSeenOn,
      lastSeenOn: record.lastSeenOn,
      seen: record.seen,
      evidence: days.map(({ day, seen, evidence }) => ({
        day,
        seen,
        collectorIds: evidence.collectorIds,
        deviceIds: evidence.deviceIds,
        agencyIds: evidence.agencyIds,
        employer: evidence.employer ?? null,
        from: evidence.from ? agencyInstant(new Date(evidence.from)) : null,
        to: evidence.to ? agencyInstant(new Date(evidence.to)) : null,
      })),
      judgedBy: record.judgedBy,
      judgedAt: judgedAt && agencyInstant(judgedAt),
      reason: reasonSealed && this.vault.open(reasonSealed, REASON),
    };
  }
}

const noFinding = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such finding here.' });
