import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone, type Language } from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { decodeCursor, isInstant, isUuid, toPage, type Page } from '#wire';
import { AfterDesk, sayIn, sayOrNull, type At } from '../aftercare/aftercare.desk.ts';
import { maskText } from '../complaint/sealing.ts';
import { wordsOf } from './effect-words.ts';
import { EffectStore, type EffectRecord } from './effect.store.ts';
import type { RectificationListRequest } from './rectification.dto.ts';
import { RectificationStore, type RectificationRecord } from './rectification.store.ts';
import type { EffectView, RectificationItem, RectificationView } from './rectification.views.ts';

export const SEALED = {
  title: 'rectification.title',
  unmeasured: 'rectification.unmeasured',
  close: 'rectification.close',
  step: 'rectification_step.text',
  stepNote: 'rectification_step.note',
  delay: 'rectification_delay.reason',
  delayNote: 'rectification_delay.note',
} as const;

const DEFAULT_LIMIT = 50;
const PER = 1000;
const NOBODY = { name: '', idNumber: null, contact: null, proxy: null };

/** Measures as their readers may see them. */
@Injectable()
export class RectificationReading {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(RectificationStore) private readonly store: RectificationStore,
    @Inject(EffectStore) private readonly effects: EffectStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Of which complaint; null: there is no such measure. */
  complaintOf(tx: Tx, principal: Principal, id: string): Promise<string | null> {
    return isUuid(id) ? this.store.complaintOf(tx, principal.institutionId, id) : Promise.resolve(null);
  }

  /** Refuses with NOT_FOUND. */
  async find(
    principal: Principal,
    id: string,
    { requestId, language }: { requestId: string; language: Language },
  ): Promise<RectificationView> {
    return this.desk.look(
      principal,
      (tx) => this.complaintOf(tx, principal, id),
      (at) => this.view(at, id, requestId, language),
    );
  }

  /** By when they are due. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: RectificationListRequest): Promise<Page<RectificationItem>> {
    const { limit = DEFAULT_LIMIT, cursor, open, overdue, state, owner } = request;
    const key = decodeCursor(cursor, (given) => positionOf(given) !== null);
    return this.desk.read(principal, async (tx, now) => {
      const { masked } = this.desk.reading.readingOf(principal, now);
      const records = await this.store.list(tx, {
        institutionId: principal.institutionId,
        open: open ?? null,
        state: state ?? null,
        overdueAt: overdue ? now : null,
        owner: owner === 'me' ? principal.subject : owner || null,
        after: key === null ? null : positionOf(key),
        limit,
      });
      return toPage(
        records,
        limit,
        ({ dueAt, id }) => `${dueAt.toISOString()} ${id}`,
        (record) => {
          const title = this.vault.open(record.titleSealed, SEALED.title);
          return toItem(record, masked ? maskText(title, NOBODY) : title, now);
        },
      );
    });
  }

  async view({ tx, principal, record: complaint, now }: At, id: string, requestId: string, language: Language): Promise<RectificationView> {
    const record = await this.store.find(tx, id);
    if (record === null) throw new Error('a measure went while its complaint was locked');
    const { open, masked } = this.desk.readerOf(principal, complaint, now);
    await this.desk.noteRead({ tx, principal, record: complaint, now }, [complaint.id], ['rectification'], requestId);
    const zone = Zone.of(record.timeZone);
    const [causes, steps, delays, effects] = [
      await this.store.causes(tx, id),
      await this.store.steps(tx, id),
      await this.store.delays(tx, id),
      await this.effects.list(tx, id),
    ];
    return {
      item: toItem(record, open(record.titleSealed, SEALED.title) ?? '', now),
      firstDueOn: record.firstDueOn,
      openedBy: record.openedBy,
      openedAt: sayIn(zone, record.openedAt),
      causes: causes.map(({ causeId, complaintId, complaintNumber }) => ({ causeId, complaintId, complaintNumber })),
      steps: steps.map(({ n, textSealed, dueOn, doneAt, doneBy, noteSealed, files }) => ({
        n,
        text: open(textSealed, SEALED.step) ?? '',
        dueOn,
        doneAt: sayOrNull(zone, doneAt),
        doneBy,
        note: open(noteSealed, SEALED.stepNote),
        files,
      })),
      delays: delays.map(({ id: delayId, fromOn, toOn, reasonSealed, askedBy, granted, settledBy, noteSealed }) => ({
        id: delayId,
        fromOn,
        toOn,
        reason: open(reasonSealed, SEALED.delay) ?? '',
        askedBy,
        granted,
        settledBy,
        note: open(noteSealed, SEALED.delayNote),
      })),
      effects: effects.map((effect) => toEffect(effect, zone, language)),
      unmeasuredReason: open(record.unmeasuredSealed, SEALED.unmeasured),
      unmeasuredBy: record.unmeasuredBy,
      closedBy: record.closedBy,
      closeNote: open(record.closeSealed, SEALED.close),
      effectId: record.effectId,
      masked,
    };
  }
}

function toItem(record: RectificationRecord, title: string, now: Date): RectificationItem {
  return {
    id: record.id,
    title,
    causeKind: record.causeKind,
    objectKind: record.objectKind,
    objectRef: record.objectRef,
    ownerKind: record.ownerKind,
    owner: record.owner,
    state: record.state,
    dueOn: record.dueOn,
    overdue: record.state === 'open' && record.dueAt <= now,
    implementedOn: record.implementedOn,
    stepsDone: record.stepsDone,
    steps: record.steps,
    closedAt: sayOrNull(Zone.of(record.timeZone), record.closedAt),
  };
}

function toEffect(effect: EffectRecord, zone: Zone, language: Language): EffectView {
  const { before, after, windowDays, beforeCases, afterCases } = effect;
  const rate = (count: number, cases: number | null): number => (cases === null ? count / windowDays : (count * PER) / windowDays / cases);
  return {
    id: effect.id,
    asOf: sayIn(zone, effect.asOf),
    windowDays,
    beforeFrom: effect.beforeFrom,
    beforeTo: effect.beforeTo,
    afterFrom: effect.afterFrom,
    afterTo: effect.afterTo,
    before,
    after,
    beforePending: effect.beforePending,
    afterPending: effect.afterPending,
    afterExpected: effect.afterExpected,
    unit: beforeCases === null ? 'per-day' : 'per-thousand-cases',
    beforeRate: rate(before, beforeCases),
    afterRate: rate(after, afterCases),
    casesSource: effect.casesSource,
    ratio: effect.ratio,
    ratioLow: effect.ratioLow,
    ratioHigh: effect.ratioHigh,
    pValue: effect.pValue,
    pWithPending: effect.pWithPending,
    verdict: effect.verdict,
    words: wordsOf(effect, language),
    measuredBy: effect.measuredBy,
  };
}

function positionOf(key: string): { readonly dueAt: string; readonly id: string } | null {
  const [dueAt = '', id = '', ...rest] = key.split(' ');
  return isInstant(dueAt) && isUuid(id) && rest.length === 0 ? { dueAt, id } : null;
}
