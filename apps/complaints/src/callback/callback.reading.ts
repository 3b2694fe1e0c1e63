import { Inject, Injectable } from '@nestjs/common';
import type { Principal, Role } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { AfterDesk, endOfDay, sayIn, sayOrNull, wrong, type At } from '../aftercare/aftercare.desk.ts';
import { COMMENT } from './callback.answering.ts';
import type { CallbackListRequest, CallbackSettingRequest, FiguresRequest } from './callback.dto.ts';
import { CallbackPens } from './callback.pens.ts';
import { CallbackStore, type CallbackRecord, type TryRecord } from './callback.store.ts';
import type { CallbackList, CallbackSettingView, CallbackView, FiguresView, FigureView } from './callback.views.ts';
import { figureOf, shownRows, totalOf, type Figure } from './figures.ts';

export const REPORT = 'callback.report';
export const LOOK = 'callback.look';
export const TRY_NOTE = 'callback_try.note';
const DEFAULT_LIMIT = 50;
// Whoever answers for the desk; the handler whose work is judged reads figures.
const SEES_ANSWERS: readonly Role[] = ['complaint-supervisor', 'head-office-approver'];

/** Call-backs and what was answered, as their readers may see them. */
@Injectable()
export class CallbackReading {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(CallbackStore) private readonly store: CallbackStore,
    @Inject(CallbackPens) private readonly pens: CallbackPens,
  ) {}

  /** Refuses with NOT_FOUND. */
  async ofComplaint(principal: Principal, complaintId: string, requestId: string): Promise<CallbackList> {
    return this.desk.look(
      principal,
      async () => complaintId,
      async (at) => {
        const records = await this.store.ofComplaint(at.tx, at.record.id);
        await this.desk.noteRead(at, records.length === 0 ? [] : [at.record.id], ['callback'], requestId);
        const { open } = this.desk.readerOf(principal, at.record, at.now);
        const tries = await this.store.tries(
          at.tx,
          records.map(({ id }) => id),
        );
        const draw = await this.store.drawOf(at.tx, at.record.id);
        return {
          items: records.map((record) =>
            toView(
              record,
              tries.filter(({ callback }) => callback === record.id),
              principal,
              open,
            ),
          ),
          draw,
        };
      },
    );
  }

  /** Waiting for a call, or for a look; the oldest first. Texts are on the page of the complaint. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, { which = 'to-call', limit = DEFAULT_LIMIT, cursor }: CallbackListRequest): Promise<Page<CallbackView>> {
    const after = decodeCursor(cursor, isUuid);
    return this.desk.read(principal, async (tx, now) => {
      const records = await this.store.list(tx, principal.institutionId, which, now, after, limit);
      return toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => toView(record, [], principal, () => null),
      );
    });
  }

  async view(at: At, id: string, requestId: string): Promise<CallbackView> {
    const record = await this.store.find(at.tx, id);
    if (record === null) throw new Error('a call-back went while its complaint was locked');
    await this.desk.noteRead(at, [record.complaintId], ['callback'], requestId);
    const { open } = this.desk.readerOf(at.principal, at.record, at.now);
    return toView(record, await this.store.tries(at.tx, [id]), at.principal, open);
  }

  /** What was answered, by whose work it was; never of fewer answers than the setting says. Refuses with INVALID. */
  async figures(principal: Principal, { from, to, by = 'handler' }: FiguresRequest): Promise<FiguresView> {
    if (to < from) throw wrong('/to', 'is before `from`');
    const zone = Zone.of(DEFAULT_TIME_ZONE);
    return this.desk.read(principal, async (tx) => {
      const { institutionId } = principal;
      const { minimumCount } = await this.pens.setting(tx, institutionId);
      const rows = await this.store.tallies(tx, institutionId, new Date(zone.dateStart(from)), endOfDay(zone, to).dueAt, by);
      const total = totalOf(rows);
      const shown = shownRows(rows, minimumCount);
      const isTotalShown = total.answered === 0 || total.answered >= minimumCount;
      return {
        minimumCount,
        total: toFigure(figureOf(total, isTotalShown)),
        rows: rows.map((row) => toFigure(figureOf(row, isTotalShown && shown.has(row)))),
      };
    });
  }

  async setting(principal: Principal): Promise<CallbackSettingView> {
    return this.desk.read(principal, (tx) => this.pens.setting(tx, principal.institutionId));
  }

  /** From the next complaint on. Refuses with IDEMPOTENCY_KEY_REUSED. */
  async set(principal: Principal, request: CallbackSettingRequest, idempotency: IdempotentRequest | null): Promise<CallbackSettingView> {
    const { institutionId, subject } = principal;
    return this.desk.read(principal, async (tx: Tx, now) => {
      if ((await claimKey(tx, institutionId, idempotency)) === null) {
        await this.store.set(tx, institutionId, request, subject, now);
        await rememberResource(tx, institutionId, idempotency, 'callback-setting');
      }
      return this.pens.setting(tx, institutionId);
    });
  }
}

function toView(
  record: CallbackRecord,
  tries: readonly TryRecord[],
  { roles, subject }: Principal,
  open: (sealed: Buffer | null, context: string) => string | null,
): CallbackView {
  const zone = Zone.of(record.timeZone);
  const answerShown = roles.some((role) => SEES_ANSWERS.includes(role)) || (record.answeredVia === 'phone' && record.askedBy === subject);
  return {
    id: record.id,
    complaintId: record.complaintId,
    complaintNumber: record.number,
    purpose: record.purpose,
    channel: record.channel,
    state: record.state,
    plannedAt: sayIn(zone, record.plannedAt),
    expiresAt: sayOrNull(zone, record.expiresAt),
    handler: record.handler,
    reportedBy: record.reportedBy,
    report: open(record.reportSealed, REPORT),
    answerShown,
    score: answerShown ? record.score : null,
    resolved: answerShown ? record.resolved : null,
    comment: answerShown ? open(record.commentSealed, COMMENT) : null,
    answeredAt: sayOrNull(zone, record.answeredAt),
    answeredVia: record.answeredVia,
    toLook: answerShown && record.low && record.lookedAt === null,
    lookedBy: answerShown ? record.lookedBy : null,
    look: answerShown ? open(record.lookSealed, LOOK) : null,
    tries: tries.map(({ at, by, result, noteSealed }) => ({ at: sayIn(zone, at), by, result, note: open(noteSealed, TRY_NOTE) })),
  };
}

const toFigure = ({ key, asked, suppressed, tally, average }: Figure): FigureView => ({
  key,
  asked,
  suppressed,
  answered: tally?.answered ?? null,
  refused: tally?.refused ?? null,
  unreachable: tally?.unreachable ?? null,
  expired: tally?.expired ?? null,
  scores: tally?.scores ?? [],
  average,
});
