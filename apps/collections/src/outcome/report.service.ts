import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { signOf, type Sign } from '../care/care.service.ts';
import { OutcomeService, type Following, type RecordedContact } from '../contact/outcome.service.ts';
import { checkReport } from './check-report.ts';
import { AfterContact } from './after-contact.ts';
import type { OutcomeReport, ReportedAttempt, ReportedOutcomeRequest } from './outcome.dto.ts';
import { OutcomeStore, type ContactPlace } from './outcome.store.ts';
import { SpecialService } from './special.service.ts';

/** What came of a contact, in the trade's own words; what must happen for it happens in the same transaction. */
@Injectable()
export class OutcomeReportService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(OutcomeService) private readonly outcomes: OutcomeService,
    @Inject(OutcomeStore) private readonly store: OutcomeStore,
    @Inject(SpecialService) private readonly specials: SpecialService,
    @Inject(AfterContact) private readonly after: AfterContact,
  ) {}

  /**
   * Records an outcome with its report, once; the same again is answered as before. Refuses as `OutcomeService.record` does, and with INVALID for a
   * report whose parts do not go together.
   */
  async record(principal: Principal, id: string, request: ReportedOutcomeRequest, language: Language): Promise<ReportedAttempt> {
    const { report: given, ...outcome } = request;
    const report = given ?? null;
    const { special = null } = report ?? {};
    const sign = signOf(special === 'self-harm' || special === 'hardship' ? special : null, request.note ?? null);
    const following: Following = {
      said: report === null ? null : saidOf(report),
      lock: (tx) => this.lock(tx, principal, id, sign !== null || special !== null),
      follow: (tx, contact) => this.follow(tx, principal, { report, sign, note: request.note ?? null }, contact),
    };
    const view = await this.outcomes.record(principal, id, outcome, language, following);
    const consequences = await inTransaction(this.database, principal, (tx) => this.store.consequencesOf(tx, id));
    return { ...view, ...consequences };
  }

  /** What stops collection waits for the gate's decisions on the debtor, before it waits for anything else. */
  private async lock(tx: Tx, { institutionId }: Principal, id: string, stops: boolean): Promise<void> {
    const place = stops ? await this.store.placeOf(tx, institutionId, id) : null;
    if (place) await this.specials.lock(tx, institutionId, place.caseUuid);
  }

  private async follow(
    tx: Tx,
    principal: Principal,
    { report, sign, note }: { readonly report: OutcomeReport | null; readonly sign: Sign | null; readonly note: string | null },
    contact: RecordedContact,
  ): Promise<void> {
    const { institutionId, subject: by } = principal;
    const { id: attempt, now: at } = contact;
    const errors = report === null ? [] : checkReport(report, contact.result, at);
    if (errors.length > 0) throw new Refusal(INVALID, { errors });
    const place = await this.placeOf(tx, institutionId, attempt);
    if (report !== null || sign !== null) {
      const { partyId, channel, startedAt } = contact;
      // A dialer's clock may be a little ahead of ours.
      const said = { partyId, channel, disputed: note, raisedAt: startedAt < at ? startedAt : at };
      const sighted = { special: report?.special ?? null, sign, said };
      const { causes: stops, objection } = await this.specials.handle(tx, principal, sighted, { ...place, attempt }, at);
      if (report?.wantsNoCalls && contact.partyId !== null) {
        const wish = { partyId: contact.partyId, at: contact.startedAt, now: at };
        await this.specials.noMoreCalls(tx, principal, { ...place, attempt }, wish);
      }
      const promise = await this.after.promise(tx, principal, { caseUuid: place.caseUuid, attempt, promise: report?.promise ?? null }, at);
      await this.store.add(tx, { ...place, institutionId, attempt, report: report ?? {}, promise, objection, stops, by, at });
    }
    await this.after.worked(tx, principal, place.caseUuid, report, at);
  }

  private async placeOf(tx: Tx, institutionId: string, attempt: string): Promise<ContactPlace> {
    const place = await this.store.placeOf(tx, institutionId, attempt);
    if (place === null) throw new Error('the contact has no case');
    return place;
  }
}

/** What was said, in one form: what was left out and what is null are the same. */
function saidOf(report: OutcomeReport): unknown {
  const { promise, bestTime, followUpAt } = report;
  const said = [
    report.reached,
    promise ? [promise.amount, promise.dueOn] : null,
    report.special,
    bestTime ? [bestTime.from, bestTime.to] : null,
    followUpAt ? new Date(followUpAt).toISOString() : null,
    report.attitude,
    report.arrearsReason,
    report.wantsNoCalls ? true : null,
  ];
  return said.map((part) => part ?? null);
}
