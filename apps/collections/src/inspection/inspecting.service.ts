import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, Refusal, type FieldError } from '#problem';
import { localDay } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly, invalid } from '../oversight/oversight.refusals.ts';
import type { FindingRequest, FindingView } from './finding.dto.ts';
import { FindingNotes } from './finding-notes.ts';
import { FindingStore, type FindingRecord } from './finding.store.ts';
import { FINDING, InspectionDesk, NOTE, SUMMARY } from './inspection.desk.ts';
import type { AnswersRequest, InspectionView } from './inspection.dto.ts';
import { NOT_PLANNED, NOT_UNDER_WAY, NOT_WHOLE } from './inspection.refusals.ts';
import { InspectionStore, type AnswerRecord, type InspectionRecord } from './inspection.store.ts';

/** How an inspection is carried out: it begins with the checklist in force, is answered item by item, and ends whole. */
@Injectable()
export class InspectingService {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(InspectionDesk) private readonly desk: InspectionDesk,
    @Inject(InspectionStore) private readonly store: InspectionStore,
    @Inject(FindingStore) private readonly findings: FindingStore,
    @Inject(FindingNotes) private readonly notes: FindingNotes,
  ) {}

  /** Refuses with FORBIDDEN, NOT_FOUND, NOT_PLANNED, IDEMPOTENCY_KEY_REUSED. */
  async begin(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<InspectionView> {
    bankOnly(principal);
    const work = async (tx: Tx): Promise<string> => {
      const record = await this.desk.inspection(tx, principal, id, { lock: true });
      if (record.state !== 'planned') throw new Refusal(NOT_PLANNED, { detail: `It is ${record.state}.` });
      const at = await this.oversight.now(tx);
      await this.store.begin(tx, id, await this.desk.checklist(tx, principal.institutionId, record.kind), at);
      await this.notes.begun(tx, principal, id, at);
      return id;
    };
    return this.oversight.write(principal, idempotency, work, (tx) => this.desk.view(tx, principal, id));
  }

  /** Answers items, again as often as needed until it is done. Refuses with FORBIDDEN, NOT_FOUND, NOT_UNDER_WAY, INVALID. */
  async answer(principal: Principal, id: string, { answers }: AnswersRequest): Promise<InspectionView> {
    bankOnly(principal);
    return this.oversight.read(principal, async (tx) => {
      const record = await this.underWay(tx, principal, id);
      const answeredAt = await this.oversight.now(tx);
      const errors = answers.flatMap(({ itemId }, index): FieldError[] => {
        if (!hasItem(record, itemId)) return [{ pointer: `/answers/${index}/itemId`, detail: 'is no item of this inspection' }];
        const twice = answers.findIndex((one) => one.itemId === itemId) < index;
        return twice ? [{ pointer: `/answers/${index}/itemId`, detail: 'is answered twice' }] : [];
      });
      if (errors.length > 0) throw new Refusal(INVALID, { errors });
      const rows = answers.map(({ itemId, answer, note }): AnswerRecord => ({
        itemId,
        answer,
        noteSealed: this.oversight.seal(note === '' ? null : note, NOTE),
        answeredBy: principal.subject,
        answeredAt,
      }));
      await this.store.answer(tx, principal.institutionId, id, rows);
      return this.desk.view(tx, principal, id);
    });
  }

  /** A finding, which the agency is told of when the inspection is done. Refuses with FORBIDDEN, NOT_FOUND, NOT_UNDER_WAY, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async find(principal: Principal, id: string, request: FindingRequest, idempotency: IdempotentRequest | null): Promise<FindingView> {
    bankOnly(principal);
    const { institutionId, subject: foundBy } = principal;
    const { itemId = null, severity, summary, dueOn } = request;
    const work = async (tx: Tx): Promise<string> => {
      const record = await this.underWay(tx, principal, id);
      const foundAt = await this.oversight.now(tx);
      if (itemId !== null && !hasItem(record, itemId)) throw invalid('/itemId', 'is no item of this inspection');
      if (dueOn < localDay(foundAt)) throw invalid('/dueOn', 'has passed: give today or a later day');
      const source = textOrNull(request.source) ?? record.items?.find((item) => item.itemId === itemId)?.sources[0] ?? null;
      const summarySealed = this.oversight.seal(summary, FINDING);
      const { agencyId } = record;
      const owner = textOrNull(request.owner);
      const made = { inspection: id, agencyId, itemId, severity, source, summarySealed, owner, dueOn, foundBy, foundAt };
      const finding = await this.findings.add(tx, institutionId, made);
      if (itemId !== null) await this.noteAnswer(tx, principal, id, { itemId, at: foundAt });
      return finding;
    };
    return this.oversight.write(principal, idempotency, work, (tx, finding) => this.desk.findingView(tx, principal, finding));
  }

  /** Takes a finding back that the agency has not been told of. Refuses with FORBIDDEN, NOT_FOUND, NOT_UNDER_WAY. */
  async takeBack(principal: Principal, findingId: string): Promise<InspectionView> {
    bankOnly(principal);
    return this.oversight.read(principal, async (tx) => {
      const { inspection } = await this.desk.finding(tx, principal, findingId);
      await this.underWay(tx, principal, inspection);
      await this.findings.removeDraft(tx, findingId);
      return this.desk.view(tx, principal, inspection);
    });
  }

  /** Refuses with FORBIDDEN, NOT_FOUND, NOT_UNDER_WAY, NOT_WHOLE naming what is missing, IDEMPOTENCY_KEY_REUSED. */
  async complete(principal: Principal, id: string, summary: string, idempotency: IdempotentRequest | null): Promise<InspectionView> {
    bankOnly(principal);
    const work = async (tx: Tx): Promise<string> => {
      const record = await this.underWay(tx, principal, id);
      const at = await this.oversight.now(tx);
      const today = localDay(at);
      const missing = whatIsMissing(record, await this.store.answers(tx, id), await this.findings.ofInspection(tx, id), today);
      if (missing.length > 0) throw new Refusal(NOT_WHOLE, { errors: missing });
      await this.store.complete(tx, id, { by: principal.subject, at, on: today, summarySealed: this.oversight.seal(summary, SUMMARY) });
      await this.notes.opened(tx, principal, { id, findings: await this.findings.open(tx, id) }, at);
      return id;
    };
    return this.oversight.write(principal, idempotency, work, (tx) => this.desk.view(tx, principal, id));
  }

  private async underWay(tx: Tx, principal: Principal, id: string): Promise<InspectionRecord> {
    const record = await this.desk.inspection(tx, principal, id, { lock: true });
    if (record.state !== 'under-way') throw new Refusal(NOT_UNDER_WAY, { detail: `It is ${record.state}.` });
    return record;
  }

  /** An item with a finding is answered by it; a note that is there stays. */
  private async noteAnswer(tx: Tx, principal: Principal, id: string, { itemId, at }: { itemId: string; at: Date }): Promise<void> {
    const before = (await this.store.answers(tx, id)).find((one) => one.itemId === itemId);
    if (before?.answer === 'finding') return;
    const noteSealed = before?.noteSealed ?? null;
    const answer: AnswerRecord = { itemId, answer: 'finding', noteSealed, answeredBy: principal.subject, answeredAt: at };
    await this.store.answer(tx, principal.institutionId, id, [answer]);
  }
}

const textOrNull = (text: string | null | undefined): string | null => (text === '' ? null : (text ?? null));
const hasItem = (record: InspectionRecord, itemId: string): boolean => record.items?.some((item) => item.itemId === itemId) ?? false;

/** Every item is answered, whoever found something says what, and no last day has passed before the agency hears of it. */
function whatIsMissing(
  { items }: InspectionRecord,
  answers: readonly AnswerRecord[],
  findings: readonly FindingRecord[],
  today: string,
): FieldError[] {
  const unanswered = (items ?? []).filter(({ itemId }) => !answers.some((one) => one.itemId === itemId));
  const unsaid = answers.filter(({ itemId, answer }) => answer === 'finding' && !findings.some((one) => one.itemId === itemId));
  const contrary = findings.filter(({ itemId }) => answers.some((one) => one.itemId === itemId && one.answer !== 'finding'));
  return [
    ...unanswered.map(({ itemId }) => ({ pointer: `/answers/${itemId}`, detail: 'is not answered yet' })),
    ...unsaid.map(({ itemId }) => ({
      pointer: `/findings/${itemId}`,
      detail: 'is answered "finding": say what was found and by when it is rectified',
    })),
    ...contrary.map(({ itemId }) => ({
      pointer: `/answers/${itemId}`,
      detail: 'has a finding and is answered otherwise: take one of them back',
    })),
    ...findings
      .filter(({ dueOn }) => dueOn < today)
      .map(({ id }) => ({ pointer: `/findings/${id}/dueOn`, detail: 'has passed: take the finding back and give a later day' })),
  ];
}
