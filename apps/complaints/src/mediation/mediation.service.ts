import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone, type Language } from '#contact-rules';
import { Refusal, type FieldError, INVALID } from '#problem';
import { isUuid } from '#wire';
import { AfterDesk, happened, sayIn, sayOrNull, wrong, type At, type Call, type Reader } from '../aftercare/aftercare.desk.ts';
import { NOT_IN_THIS_STATE } from '../aftercare/aftercare.refusals.ts';
import { toCommand } from '../clock/event-command.ts';
import { EventService } from '../clock/event.service.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import { ownFiles } from '../file/own-files.ts';
import type {
  AppraisalRequest,
  MediationEndRequest,
  MediationKind,
  MediationList,
  MediationRequest,
  MediationView,
} from './mediation.dto.ts';
import { MediationStore, type MediationRecord, type NewMediation } from './mediation.store.ts';

const SUBJECT = 'mediation.subject';
const CONSENT = 'mediation.consent';
const TERMS = 'mediation.terms';
const NO_APPLICATION = {
  bankAppliedBy: null,
  bankAppliedAt: null,
  complainantAppliedBy: null,
  complainantAppliedAt: null,
  consentAt: null,
  consentSealed: null,
};

type Told = Pick<
  NewMediation,
  'bankAppliedBy' | 'bankAppliedAt' | 'complainantAppliedBy' | 'complainantAppliedAt' | 'consentAt' | 'consentSealed' | 'complainantToldAt'
>;
type Begin = {
  readonly kind: MediationKind;
  readonly organisation: string;
  readonly subject: string;
  readonly files: readonly string[];
  readonly beganAt: Date;
} & Told;

/**
 * Mediation for which both sides applied (CMP20 23), and appraisals by others (CMP20 18): before the decision the clock stands still for them, after it they
 * run beside it.
 */
@Injectable()
export class MediationService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(MediationStore) private readonly store: MediationStore,
    @Inject(EventService) private readonly events: EventService,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, RECUSED, IDEMPOTENCY_KEY_REUSED. */
  mediate(principal: Principal, complaintId: string, request: MediationRequest, call: Call): Promise<MediationView> {
    return this.begin(principal, complaintId, call, async (at) => {
      const since = { at: at.record.receivedAt, what: 'the complaint was received' };
      const beganAt = happened('/beganAt', request.beganAt, at.now, since);
      const applied = {
        bankAppliedAt: happened('/bankAppliedAt', request.bankAppliedAt, at.now, since),
        complainantAppliedAt: happened('/complainantAppliedAt', request.complainantAppliedAt, at.now, since),
        consentAt: happened('/consentAt', request.consentAt, at.now, since),
      };
      // Both sides apply, and the complainant consents, before it begins.
      for (const [field, when] of Object.entries(applied))
        if (when > beganAt) throw wrong(`/${field}`, 'is after the mediation began', 'CMP20 23');
      return {
        kind: 'mediation',
        organisation: request.organisation,
        subject: request.subject,
        files: await ownFiles(at.tx, [at.record.id], '/files', request.files),
        beganAt,
        ...applied,
        bankAppliedBy: principal.subject,
        complainantAppliedBy: request.complainantAppliedBy,
        consentSealed: this.desk.seal(request.consentEvidence, CONSENT),
        complainantToldAt: null,
      };
    });
  }

  /** Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, RECUSED, IDEMPOTENCY_KEY_REUSED. */
  appraise(principal: Principal, complaintId: string, request: AppraisalRequest, call: Call): Promise<MediationView> {
    return this.begin(principal, complaintId, call, async (at) => {
      const since = { at: at.record.receivedAt, what: 'the complaint was received' };
      return {
        kind: 'appraisal',
        organisation: request.organisation,
        subject: request.subject,
        files: await ownFiles(at.tx, [at.record.id], '/files', request.files),
        beganAt: happened('/beganAt', request.beganAt, at.now, since),
        ...NO_APPLICATION,
        complainantToldAt: happened('/complainantToldAt', request.complainantToldAt, at.now, since),
      };
    });
  }

  private async begin(principal: Principal, complaintId: string, call: Call, toBegin: (at: At) => Promise<Begin>): Promise<MediationView> {
    return this.desk.change(principal, async () => complaintId, call, {
      work: async (at) => {
        const { tx, record, now } = at;
        const { subject, ...begin } = await toBegin(at);
        const underWay = (await this.store.ofComplaint(tx, record.id)).find(({ endedAt }) => endedAt === null);
        if (underWay) throw new Refusal(NOT_IN_THIS_STATE, { detail: `${underWay.organisation} is at work: end that first.` });
        if (record.state === 'withdrawn' || record.state === 'declined' || record.state === 'merged')
          throw new Refusal(NOT_IN_THIS_STATE, { detail: `The complaint is ${record.state}.` });
        const pause = await this.pause(at, begin);
        const id = await this.store.add(tx, {
          ...begin,
          ...pause,
          institutionId: record.institutionId,
          complaintId: record.id,
          subjectSealed: this.desk.seal(subject, SUBJECT),
          begunBy: principal.subject,
          recordedAt: now,
        });
        await this.desk.note(at, `${begin.kind}-begun`, { mediationId: id, organisation: begin.organisation, paused: pause.paused });
        return id;
      },
      show: (at, id) => this.one(at, id, call),
    });
  }

  /** Stops the clock where the complaint is not decided; what the rules say where they do not allow it. */
  private async pause({ tx, principal, record }: At, { kind, beganAt, complainantToldAt }: Omit<Begin, 'subject'>) {
    if (record.decidedAt !== null || record.closedAt !== null) return { paused: false, pauseRefused: null };
    const command = toCommand.pause({
      at: beganAt.toISOString(),
      reason: kind,
      complainantToldAt: complainantToldAt && complainantToldAt.toISOString(),
      complainantAgreed: kind === 'mediation' ? true : null,
    });
    const { rejected } = await this.events.recordIn(tx, principal, record, command);
    return { paused: rejected === null, pauseRefused: rejected && `${rejected.code} ${rejected.source}` };
  }

  /**
   * It is over: the clock goes on, and an agreed date rules from now on. Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, RECUSED,
   * IDEMPOTENCY_KEY_REUSED.
   */
  async end(principal: Principal, id: string, request: MediationEndRequest, call: Call): Promise<MediationView> {
    const find = async (tx: At['tx']) => (isUuid(id) ? this.store.complaintOf(tx, principal.institutionId, id) : null);
    return this.desk.change(principal, find, call, {
      work: async (at) => {
        const mediation = await this.store.find(at.tx, id);
        if (mediation === null) throw new Error('a mediation went while its complaint was locked');
        if (mediation.endedAt !== null) throw new Refusal(NOT_IN_THIS_STATE, { detail: `It ended with ${mediation.outcome ?? ''}.` });
        checkEnd(mediation.kind, request);
        await this.finish(at, mediation, request);
        return id;
      },
      show: (at) => this.one(at, id, call),
    });
  }

  private async finish(at: At, mediation: MediationRecord, request: MediationEndRequest): Promise<void> {
    const { tx, principal, now } = at;
    const { outcome, terms, amount, dueOn, files } = request;
    const endedAt = happened('/endedAt', request.endedAt, now, { at: mediation.beganAt, what: 'it began' });
    if (mediation.paused) await this.events.recordIn(tx, principal, at.record, toCommand.resumption({ at: endedAt.toISOString() }));
    const agreed = dueOn ? await this.agree(at, { dueOn, evidence: terms ?? mediation.organisation, at: endedAt.toISOString() }) : null;
    await this.store.end(tx, mediation.id, {
      endedAt,
      endedBy: principal.subject,
      outcome,
      termsSealed: terms ? this.desk.seal(terms, TERMS) : null,
      amount: amount ?? null,
      currency: amount ? (request.currency ?? 'CNY') : null,
      agreedOn: dueOn ?? null,
      agreedRefused: agreed,
      endFiles: await ownFiles(tx, [at.record.id], '/files', files),
    });
    await this.desk.note(at, `${mediation.kind}-ended`, {
      mediationId: mediation.id,
      outcome,
      resumed: mediation.paused,
      agreedOn: dueOn ?? null,
    });
  }

  /** The date both sides agreed on, on the clock (CMP20 21); why the rules do not take it. */
  private async agree({ tx, principal, record }: At, given: { dueOn: string; evidence: string; at: string }): Promise<string | null> {
    // The clock went on in between.
    const fresh = await this.desk.reading.lock(tx, principal, record.id);
    const { rejected } = await this.events.recordIn(tx, principal, fresh, toCommand.agreement(given));
    return rejected && `${rejected.code} ${rejected.source}`;
  }

  /** Refuses with NOT_FOUND. */
  async list(principal: Principal, complaintId: string, { requestId, language }: Omit<Call, 'idempotency'>): Promise<MediationList> {
    return this.desk.look(
      principal,
      async () => complaintId,
      async (at) => {
        const records = await this.store.ofComplaint(at.tx, at.record.id);
        await this.desk.noteRead(at, records.length === 0 ? [] : [at.record.id], ['mediation'], requestId);
        const reader = this.desk.readerOf(principal, at.record, at.now);
        return {
          items: records.map((record) => toView(record, reader, at, language)),
          underWay: records.some(({ endedAt }) => endedAt === null),
          masked: reader.masked,
        };
      },
    );
  }

  private async one(at: At, id: string, { requestId, language }: Call): Promise<MediationView> {
    const record = await this.store.find(at.tx, id);
    if (record === null) throw new Error('a mediation went while its complaint was locked');
    await this.desk.noteRead(at, [record.complaintId], ['mediation'], requestId);
    return toView(record, this.desk.readerOf(at.principal, at.record, at.now), at, language);
  }
}

function checkEnd(kind: MediationKind, { outcome, terms, amount, currency, dueOn }: MediationEndRequest): void {
  const errors: FieldError[] = [];
  const allowed = kind === 'mediation' ? ['agreement', 'none', 'withdrawn'] : ['result', 'withdrawn'];
  if (!allowed.includes(outcome)) errors.push({ pointer: '/outcome', detail: `of ${kind} must be one of ${allowed.join(', ')}` });
  const isSettled = outcome === 'agreement' || outcome === 'result';
  if (isSettled && !terms) errors.push({ pointer: '/terms', detail: 'say what was agreed on or found' });
  if (amount && outcome !== 'agreement') errors.push({ pointer: '/amount', detail: 'money belongs to an agreement' });
  if (amount && !/^\d{1,15}(\.\d{1,2})?$/.test(amount))
    errors.push({ pointer: '/amount', detail: 'must not be negative and have at most two decimals' });
  if (currency && !amount) errors.push({ pointer: '/currency', detail: 'is the currency of an amount: say how much' });
  if (dueOn && outcome !== 'agreement')
    errors.push({ pointer: '/dueOn', detail: 'a date is agreed on in an agreement', source: 'CMP20 21' });
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
}

function rejectionOf(kept: string | null, language: Language) {
  if (kept === null) return null;
  const [code = '', ...source] = kept.split(' ');
  return { code, detail: rejectionText(code, language), source: source.join(' ') };
}

function toView(record: MediationRecord, { open }: Reader, { record: complaint }: At, language: Language): MediationView {
  const zone = Zone.of(complaint.timeZone);
  const { amount, currency } = record;
  return {
    id: record.id,
    kind: record.kind,
    organisation: record.organisation,
    subject: open(record.subjectSealed, SUBJECT) ?? '',
    bankAppliedBy: record.bankAppliedBy,
    bankAppliedAt: sayOrNull(zone, record.bankAppliedAt),
    complainantAppliedBy: record.complainantAppliedBy,
    complainantAppliedAt: sayOrNull(zone, record.complainantAppliedAt),
    consentAt: sayOrNull(zone, record.consentAt),
    consentEvidence: open(record.consentSealed, CONSENT),
    complainantToldAt: sayOrNull(zone, record.complainantToldAt),
    beganAt: sayIn(zone, record.beganAt),
    paused: record.paused,
    notPaused: rejectionOf(record.pauseRefused, language),
    endedAt: sayOrNull(zone, record.endedAt),
    endedBy: record.endedBy,
    outcome: record.outcome,
    terms: open(record.termsSealed, TERMS),
    money: amount === null || currency === null ? null : { amount, currency },
    agreedOn: record.agreedOn,
    notAgreed: rejectionOf(record.agreedRefused, language),
    files: [...record.files, ...record.endFiles],
    begunBy: record.begunBy,
  };
}
