import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { AfterDesk, sayIn, sayOrNull, wrong, type At, type Call } from '../aftercare/aftercare.desk.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { toListItem } from '../complaint/complaint.mapper.ts';
import { pastInstant } from '../complaint/past-instant.ts';
import { openData } from '../complaint/sealing.ts';
import { DispatchService } from '../dispatch/dispatch.service.ts';
import type {
  DuplicateCandidate,
  DuplicateLink,
  DuplicateSettingRequest,
  DuplicateSettingView,
  DuplicateView,
  KnownComplaint,
  KnownList,
  KnownRequest,
} from './duplicate.dto.ts';
import { DuplicateStore, type DecisionRecord, type Keys, type LinkRecord } from './duplicate.store.ts';
import { contactForms, DEFAULT_LIKENESS, likenessOf, numberForms, type Compared, type Likeness, type LikenessSetting } from './likeness.ts';
import { comparedOf, isBefore, obstacleOf } from './pair.ts';

const MOST_KNOWN = 20;
const MOST_LOOKED_AT = 60;
export const NOTE = 'duplicate_decision.note';

interface Found {
  readonly record: ComplaintRecord;
  readonly likeness: Likeness;
}

/** Finds complaints that look alike: by exact identifiers through their blind indexes, then by what they say. */
@Injectable()
export class DuplicateService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(DuplicateStore) private readonly store: DuplicateStore,
    @Inject(DispatchService) private readonly dispatches: DispatchService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** The complaints of whoever is complaining now, and of the account, while it is taken in. Refuses with INVALID where nothing is given to find them by. */
  async known(principal: Principal, request: KnownRequest, requestId: string): Promise<KnownList> {
    const { contact = null, idNumber = null, account = null } = request;
    if (!contact && !idNumber && !account) throw wrong('/contact', 'or idNumber or account must be given: complaints are found by them');
    return this.desk.read(principal, async (tx, now) => {
      const receivedAt = request.receivedAt ? pastInstant(request.receivedAt, now) : now;
      if (receivedAt === null) throw wrong('/receivedAt', 'is in the future');
      const { name = null, subject = null, narrative = null, category = null, agencyId = null } = request;
      const given: Compared = { name, idNumber, contact, account, subject, narrative, category, agencyId, receivedAt };
      const setting = await this.setting(tx, principal.institutionId);
      const found = (await this.find(tx, principal, given, setting, null)).slice(0, MOST_KNOWN);
      const reading = this.desk.reading.readingOf(principal, now);
      const ids = found.map(({ record }) => record.id);
      await this.desk.reading.noteRead(tx, principal, reading, ids, ['complainant.name', 'subject'], requestId);
      return { items: found.map((one) => this.toKnown(one, principal, now)), windowDays: setting.windowDays, masked: reading.masked };
    });
  }

  /** Refuses with NOT_FOUND. */
  list(principal: Principal, complaintId: string, call: Call): Promise<DuplicateView> {
    return this.desk.look(
      principal,
      async () => complaintId,
      (at) => this.view(at, call.requestId),
    );
  }

  /** How a complaint stands with others that look like it, in the transaction of whoever decides. */
  async view(at: At, requestId: string): Promise<DuplicateView> {
    const { tx, record, principal, now } = at;
    const setting = await this.setting(tx, record.institutionId);
    const found = record.state === 'merged' ? [] : await this.find(tx, principal, this.compared(record), setting, record.id);
    const shown = found.filter(({ likeness }) => likeness.isLikely || (likeness.isSamePerson && likeness.isNear)).slice(0, MOST_KNOWN);
    const decisions = await this.store.decisions(tx, record.id);
    const end = await this.store.endOf(tx, record.id);
    const dispatches = await this.dispatches.of(
      tx,
      record.institutionId,
      decisions.flatMap(({ dispatch }) => dispatch ?? []),
    );
    const reader = this.desk.readerOf(principal, record, now);
    if (shown.length + decisions.length > 0)
      await this.desk.noteRead(at, [record.id, ...shown.map((one) => one.record.id)], ['subject', 'duplicate.note'], requestId);
    const zone = Zone.of(record.timeZone);
    return {
      candidates: shown.map((one) => this.toCandidate(one, at)),
      decisions: decisions.map((one: DecisionRecord) => {
        const dispatch = dispatches.get(one.dispatch ?? '') ?? null;
        return {
          id: one.id,
          decision: one.decision,
          later: toLink(zone, one.later),
          earlier: toLink(zone, one.earlier),
          reasons: one.reasons,
          note: reader.open(one.noteSealed, NOTE),
          toldForm: one.toldForm,
          toldAt: sayOrNull(zone, one.toldAt ?? dispatch?.sentAt ?? null),
          dispatchState: dispatch?.state ?? null,
          decidedBy: one.decidedBy,
          decidedAt: sayIn(zone, one.decidedAt),
        };
      }),
      goesOnAs: end && toLink(zone, end),
      windowDays: setting.windowDays,
      masked: reader.masked,
    };
  }

  /** Why two look alike. */
  async likeness(tx: Tx, one: ComplaintRecord, other: ComplaintRecord): Promise<Likeness> {
    return likenessOf(this.compared(one), this.compared(other), await this.setting(tx, one.institutionId));
  }

  async findSetting(principal: Principal): Promise<DuplicateSettingView> {
    return this.desk.read(principal, (tx) => this.settingView(tx, principal.institutionId));
  }

  async changeSetting(principal: Principal, request: DuplicateSettingRequest): Promise<DuplicateSettingView> {
    const { windowDays, similarPercent } = request;
    return this.desk.read(principal, async (tx, now) => {
      await this.store.set(tx, principal.institutionId, { windowDays, similarPercent, setBy: principal.subject, setAt: now });
      return this.settingView(tx, principal.institutionId);
    });
  }

  private async settingView(tx: Tx, institutionId: string): Promise<DuplicateSettingView> {
    const kept = await this.store.setting(tx, institutionId);
    if (kept === null) return { ...DEFAULT_LIKENESS, setBy: null, setAt: null };
    const { windowDays, similarPercent, setBy, setAt } = kept;
    return { windowDays, similarPercent, setBy, setAt: sayIn(Zone.of(DEFAULT_TIME_ZONE), setAt) };
  }

  private async setting(tx: Tx, institutionId: string): Promise<LikenessSetting> {
    return (await this.store.setting(tx, institutionId)) ?? DEFAULT_LIKENESS;
  }

  private compared(record: ComplaintRecord): Compared {
    return comparedOf(record, openData(this.vault, record));
  }

  /** Likely ones first, then those of the same person, then the newest. */
  private async find(tx: Tx, principal: Principal, given: Compared, setting: LikenessSetting, except: string | null): Promise<Found[]> {
    const records = await this.store.alike(tx, principal.institutionId, this.keysOf(given), except, MOST_LOOKED_AT);
    const rank = ({ likeness }: Found): number => (likeness.isLikely ? 0 : likeness.isSamePerson ? 1 : 2);
    return records
      .map((record) => ({ record, likeness: likenessOf(given, this.compared(record), setting) }))
      .toSorted((one, other) => rank(one) - rank(other));
  }

  private keysOf({ contact, idNumber, account }: Compared): Keys {
    const indexes = (value: string | null, forms: (text: string) => readonly string[], context: string): Buffer[] =>
      value ? forms(value).map((form) => this.vault.index(form, context)) : [];
    return {
      contacts: indexes(contact, contactForms, 'complaint.contact'),
      idNumbers: indexes(idNumber, numberForms, 'complaint.idNumber'),
      account: account || null,
    };
  }

  private toKnown({ record, likeness }: Found, principal: Principal, now: Date): KnownComplaint {
    const { id, number, subject, channel, category, account, handler, receivedAt, state, closedAt, clock } = toListItem(
      record,
      this.desk.reading.readingOf(principal, now),
    );
    const { reasons, isSamePerson, isLikely } = likeness;
    return {
      id,
      number,
      subject,
      channel,
      category,
      account,
      handler,
      receivedAt,
      dueOn: clock.dueOn,
      state,
      closedAt,
      reasons,
      isSamePerson,
      isLikely,
    };
  }

  private toCandidate(found: Found, { record, principal, now }: At): DuplicateCandidate {
    const isEarlier = isBefore(found.record, record);
    const [later, earlier] = isEarlier ? [record, found.record] : [found.record, record];
    const obstacle = obstacleOf(later, earlier, found.likeness.isSamePerson);
    return {
      ...this.toKnown(found, principal, now),
      isEarlier,
      mayMerge: obstacle === null,
      mayRestart: obstacle === null && (earlier.decidedAt === null || later.receivedAt < earlier.decidedAt),
      obstacle,
    };
  }
}

const toLink = (zone: Zone, { id, number, receivedAt }: LinkRecord): DuplicateLink => ({ id, number, receivedAt: sayIn(zone, receivedAt) });
