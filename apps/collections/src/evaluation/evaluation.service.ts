import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { addDays, localDay } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly, invalid, notFound, reaches } from '../oversight/oversight.refusals.ts';
import type {
  EvaluationListRequest,
  AgencyEvaluationRequest,
  EvaluationView,
  FactDifference,
  RecomputationView,
} from './evaluation.dto.ts';
import { EvaluationNotes, NOTE } from './evaluation-notes.ts';
import { DRAFT_OPEN } from './evaluation.refusals.ts';
import { EvaluationStore, type EvaluationRecord } from './evaluation.store.ts';
import { readFacts, toEvaluationView } from './evaluation.view.ts';
import { FactsService } from './facts.service.ts';
import type { EvaluationFacts } from './facts.ts';
import { score } from './score.ts';
import { WeightsService } from './weights.service.ts';
import type { Weights } from './weights.ts';

const DEFAULT_LIMIT = 20;
const YEAR_DAYS = 365;

/** An agency's evaluation: computed from what the ledger says of a period, and kept with the numbers that it was made of. */
@Injectable()
export class EvaluationService {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(EvaluationStore) private readonly store: EvaluationStore,
    @Inject(FactsService) private readonly facts: FactsService,
    @Inject(WeightsService) private readonly weights: WeightsService,
    @Inject(EvaluationNotes) private readonly notes: EvaluationNotes,
  ) {}

  /** Refuses with FORBIDDEN, NOT_FOUND, INVALID, DRAFT_OPEN, IDEMPOTENCY_KEY_REUSED. */
  async draft(
    principal: Principal,
    agencyId: string,
    request: AgencyEvaluationRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<EvaluationView> {
    bankOnly(principal);
    const { institutionId, subject: draftedBy } = principal;
    const work = async (tx: Tx): Promise<string> => {
      await this.desk.lockAgency(tx, principal, agencyId);
      const asOf = await this.desk.now(tx);
      if (await this.store.hasDraft(tx, institutionId, agencyId))
        throw new Refusal(DRAFT_OPEN, { detail: 'Decide it, then make another.' });
      const period = await this.period(tx, principal, agencyId, request, localDay(asOf));
      const { version, weights } = await this.weights.inForce(tx, institutionId);
      const facts = await this.factsOf(tx, { institutionId, agencyId, asOf, ...period });
      const scored = score(facts, weights);
      const kept = { facts: bytes(facts), weights: bytes(weights), score: bytes(scored) };
      const noteSealed = this.desk.seal(request.note === '' ? null : request.note, NOTE);
      const { total, band } = scored;
      const id = await this.store.add(tx, institutionId, {
        agencyId,
        ...period,
        asOf,
        ...kept,
        weightsVersion: version,
        sha256: sealOf(kept),
        total,
        band,
        noteSealed,
        draftedBy,
      });
      await this.notes.drafted(tx, principal, { id, agencyId, ...period, total, band }, asOf);
      return id;
    };
    return this.desk.write(principal, idempotency, work, (tx, id) => this.view(tx, principal, id));
  }

  /** The newest first; an agency's people see what is confirmed. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  list(principal: Principal, agencyId: string, request: EvaluationListRequest): Promise<Page<EvaluationView>> {
    const { institutionId, agencyId: own } = principal;
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    return this.desk.read(principal, async (tx) => {
      await this.desk.agency(tx, principal, agencyId);
      const records = await this.store.list(tx, { institutionId, agencyId, confirmedOnly: own !== null, after, limit });
      return toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => this.toView(principal, record),
      );
    });
  }

  find(principal: Principal, id: string): Promise<EvaluationView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal, id));
  }

  /** Computes it again: from what was recorded, and from what the ledger says today. Refuses with NOT_FOUND. */
  recompute(principal: Principal, id: string): Promise<RecomputationView> {
    return this.desk.read(principal, async (tx) => {
      const record = await this.record(tx, principal, id);
      const recorded = readFacts(record);
      const now = await this.factsOf(tx, { ...record, institutionId: principal.institutionId });
      return {
        scoreIdentical: bytes(score(recorded, JSON.parse(record.weights) as Weights)) === record.score,
        factsIdentical: bytes(now) === record.facts,
        sealIdentical: sealOf(record).equals(record.sha256),
        differences: differences(recorded, now),
      };
    });
  }

  /** Refuses with NOT_FOUND, also for another agency's, and for the agency itself until it is confirmed. */
  async record(tx: Tx, principal: Principal, id: string): Promise<EvaluationRecord> {
    const found = isUuid(id) ? await this.store.find(tx, principal.institutionId, id) : null;
    const seen = found !== null && reaches(principal, found.agencyId) && (principal.agencyId === null || found.state === 'confirmed');
    if (!seen) throw notFound('evaluation');
    return found;
  }

  async view(tx: Tx, principal: Principal, id: string): Promise<EvaluationView> {
    return this.toView(principal, await this.record(tx, principal, id));
  }

  private toView(principal: Principal, record: EvaluationRecord): EvaluationView {
    const words = principal.agencyId === null ? this.notes.words(record) : { note: null, decisionNote: null };
    return toEvaluationView(record, words);
  }

  private async factsOf(
    tx: Tx,
    { institutionId, agencyId, from, to, asOf }: { institutionId: string; agencyId: string; from: string; to: string; asOf: Date },
  ): Promise<EvaluationFacts> {
    const [[facts] = []] = await this.facts.gather(tx, { institutionId, agencyIds: [agencyId], periods: [{ from, to }], asOf });
    if (!facts) throw new Error('no facts were gathered');
    return facts;
  }

  /** From the day after the last confirmed one, a year at most, to yesterday. */
  private async period(
    tx: Tx,
    { institutionId }: Principal,
    agencyId: string,
    request: AgencyEvaluationRequest,
    today: string,
  ): Promise<{ from: string; to: string }> {
    const to = request.to ?? addDays(today, -1);
    if (to >= today) throw invalid('/to', 'is not over yet: give yesterday or an earlier day');
    const [last] = await this.store.list(tx, { institutionId, agencyId, confirmedOnly: true, after: null, limit: 1 });
    const yearBack = addDays(to, 1 - YEAR_DAYS);
    const follows = last === undefined ? yearBack : addDays(last.to, 1);
    const from = request.from ?? (follows > yearBack && follows <= to ? follows : yearBack);
    if (from > to) throw invalid('/from', `is later than the last day (${to})`);
    if (addDays(from, 2 * YEAR_DAYS) < to) throw invalid('/from', 'lies more than two years before the last day');
    return { from, to };
  }
}

/** RFC 8785: the same content, the same bytes. */
const bytes = (content: object): string => canonicalize(content) ?? '';

const sealOf = ({ facts, weights, score: scored }: Pick<EvaluationRecord, 'facts' | 'weights' | 'score'>): Buffer =>
  createHash('sha256').update([facts, weights, scored].join('\n')).digest();

function differences(recorded: EvaluationFacts, now: EvaluationFacts): FactDifference[] {
  const said = (facts: EvaluationFacts): Map<string, string> =>
    new Map(Object.entries(facts).map(([fact, value]) => [fact, canonicalize(value) ?? '']));
  const current = said(now);
  return [...said(recorded)]
    .map(([fact, value]) => ({ fact, recorded: value, now: current.get(fact) ?? '' }))
    .filter((one) => one.recorded !== one.now);
}
