import { Inject, Injectable } from '@nestjs/common';
import type { ClockEvent, Rejection } from '#clock-rules';
import { append, type NewRecord } from '#evidence-log';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { calendarsToWrite, type Calendars } from '../calendar/stored-calendars.ts';
import { HoldService } from '../hold/hold.service.ts';
import { impliedKind, type ComplainantKind, type Intake } from '../intake/complainant-kinds.ts';
import { keepIntakes, knownForwarded, type KnownForwarded } from '../intake/taking.ts';
import { SearchService, type TextsOf } from '../search/search.service.ts';
import { choosePack, packOf, rememberRules, type Chosen, type PackFacts } from '../pack-rule/choosing.ts';
import { TimelineService, type NewEntry } from '../timeline/timeline.service.ts';
import { announce } from './announce.ts';
import type { NewComplaint } from './complaint.record.ts';
import { ComplaintStore } from './complaint.store.ts';
import { answerAt, clockEvidence, dueColumns, type ClockStart } from './ledger.ts';
import { LedgerStore, type LedgerEvent } from './ledger.store.ts';
import { sealData, wordsOf, type PersonalData } from './sealing.ts';

/** An event that is known when the complaint is registered. */
export interface PastEvent {
  readonly event: ClockEvent;
  readonly more: Readonly<Record<string, unknown>>;
  readonly note: Readonly<Record<string, string>>;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

/** A complaint before it is registered. Which rules it is under follows from where it comes from. */
export interface Registration extends Omit<ClockStart, 'pack' | 'matter'>, Pick<PackFacts, 'regulator' | 'importKind'> {
  /** The rules of the complaint that it goes on from; null or left out: by where it comes from. */
  readonly continues?: Pick<ClockStart, 'pack' | 'matter'> | null;
  readonly externalRef: string | null;
  readonly contentHash: Buffer;
  readonly channel: string;
  readonly category: string | null;
  readonly registeredAt: Date;
  readonly personal: PersonalData;
  readonly account: string | null;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly staffId: string | null;
  readonly groupSize: number;
  readonly source: 'api' | 'import';
  readonly registeredBy: string;
  readonly registeredByHandler: boolean;
  readonly handler: string | null;
  /** Who complains and who sent it on; left out: as proxy and number of persons say, and nobody. */
  readonly intake?: Intake | null;
  /** What has happened to it already. */
  readonly events: readonly PastEvent[];
}

/** What became of one: registered, known by its external reference or by that of a regulator, or impossible by the rules. */
export type Registered =
  | { readonly kind: 'registered'; readonly id: string }
  | { readonly kind: 'known' }
  | { readonly kind: 'forwarded-known'; readonly id: string; readonly number: string }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

type Ready = { readonly at: number; readonly given: Registration; readonly chosen: Chosen; readonly complaint: NewComplaint };
/** The topic of complaints that are new; payload { institutionId, complaintIds: comma-separated }. */
export const COMPLAINTS_REGISTERED = 'complaint.registered';

/** Takes complaints into the ledger: the row, its clock events, its timeline, what it is found by and the hold it asks for; a handful of statements for any number. */
@Injectable()
export class RegistrationService {
  constructor(
    @Inject(ComplaintStore) private readonly complaints: ComplaintStore,
    @Inject(LedgerStore) private readonly ledger: LedgerStore,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(HoldService) private readonly holds: HoldService,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(SearchService) private readonly search: SearchService,
  ) {}

  /** In their order. What is due to be done because of their dates counts from now. */
  async register(tx: Tx, institutionId: string, registrations: readonly Registration[], now: Date): Promise<Registered[]> {
    const results: Registered[] = registrations.map(() => ({ kind: 'known' }));
    const ready: Ready[] = [];
    const forwarded = await this.forwardedOnes(tx, institutionId, registrations);
    const choices = registrations.map((given) => ({ given, chosen: given.continues ? packOf(given.continues) : choosePack(given) }));
    const calendars = await calendarsToWrite(
      tx,
      institutionId,
      choices.map(({ chosen }) => chosen.pack),
    );
    for (const [at, { given, chosen }] of choices.entries()) {
      const known = forwarded.get(given);
      if (known) {
        results[at] = { kind: 'forwarded-known', id: known.id, number: known.number };
        continue;
      }
      const prepared = this.prepare(given, chosen, now, calendars);
      if ('code' in prepared) results[at] = { kind: 'rejected', rejection: prepared };
      else ready.push({ at, given, chosen, complaint: prepared });
    }
    const stored = await this.complaints.insert(
      tx,
      institutionId,
      ready.map(({ complaint }) => complaint),
    );
    const fresh = stored.flatMap(({ n, id, number }) => {
      const one = ready[n];
      return one ? [{ ...one, id, number }] : [];
    });
    for (const { at, id } of fresh) results[at] = { kind: 'registered', id };
    await keepIntakes(
      tx,
      this.vault,
      institutionId,
      fresh.map(({ id, given }) => ({ id, kind: kindOf(given), intake: given.intake ?? null })),
    );
    await rememberRules(tx, institutionId, fresh);
    const events = fresh.flatMap(({ id, given }) => given.events.map((event, index) => this.toLedgerEvent(id, index + 1, event)));
    const eventIds = await this.ledger.append(tx, institutionId, events);
    await append(
      tx,
      institutionId,
      fresh.map((one) => evidenceOf(one, now, calendars)),
    );
    const entries = [
      ...fresh.map(({ id, given, chosen }) => beginning(id, given, chosen)),
      ...events.map((event, index) => clockEntry(event, eventIds[index] ?? '')),
    ];
    await this.timeline.add(tx, institutionId, entries);
    await this.search.index(
      tx,
      institutionId,
      fresh.map(({ id, given }) => textsOf(id, given)),
    );
    const all = fresh.map(({ id, number, given, complaint }) => ({ ...given, id, number, holdVersion: 0, complaint }));
    const open = all.filter(({ complaint }) => complaint.closedAt === null && complaint.decidedAt === null);
    await this.holds.begin(tx, institutionId, all, open, now);
    await announce(
      tx,
      institutionId,
      COMPLAINTS_REGISTERED,
      fresh.filter(({ complaint }) => complaint.closedAt === null).map(({ id }) => id),
    );
    return results;
  }

  /** What is known under these external references, by the hash of its content. */
  async hashesOf(tx: Tx, institutionId: string, externalRefs: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const known = externalRefs.length === 0 ? [] : await this.complaints.findByRefs(tx, institutionId, externalRefs);
    return new Map(known.map(({ externalRef, contentHash }) => [externalRef, contentHash]));
  }

  /** Those that a regulator sent on before, under the same reference and as another complaint; of two in one list the first is taken. */
  private async forwardedOnes(
    tx: Tx,
    institutionId: string,
    registrations: readonly Registration[],
  ): Promise<ReadonlyMap<Registration, Pick<KnownForwarded, 'id' | 'number'>>> {
    const given = registrations.flatMap((one) => (one.intake?.forwarded ? [{ one, forwarded: one.intake.forwarded }] : []));
    const keyOf = ({ regulator, reference }: { readonly regulator: string; readonly reference: string }): string =>
      JSON.stringify([regulator, reference]);
    const asked = given.map(({ forwarded }) => forwarded);
    const known = new Map((await knownForwarded(tx, institutionId, asked)).map((one) => [keyOf(one), one]));
    const found = new Map<Registration, Pick<KnownForwarded, 'id' | 'number'>>();
    for (const { one, forwarded } of given) {
      const other = known.get(keyOf(forwarded));
      if (other && (other.externalRef === null || other.externalRef !== one.externalRef)) found.set(one, other);
      if (!other) known.set(keyOf(forwarded), { ...forwarded, id: '', number: one.externalRef ?? '', externalRef: one.externalRef });
    }
    return found;
  }

  private prepare(given: Registration, { pack, matter, ...chosen }: Chosen, now: Date, calendars: Calendars): NewComplaint | Rejection {
    const events = given.events.map(({ event }) => event);
    const start = { ...given, pack, matter, timeZone: chosen.timeZone ?? given.timeZone };
    const answer = answerAt(start, events, now, calendars);
    const [rejection] = answer.rejected;
    if (rejection) return rejection;
    const { personal, intake: _intake, ...rest } = start;
    return {
      ...rest,
      ...sealData(this.vault, personal),
      ...dueColumns(start, events, answer),
      dueSetAt: now,
      ledgerVersion: events.length,
    };
  }

  private toLedgerEvent(complaintId: string, seq: number, { event, more, note, recordedAt, recordedBy }: PastEvent): LedgerEvent {
    return { complaintId, seq, event, more, recordedAt, recordedBy, noteSealed: sealNote(this.vault, note) };
  }
}

/** The receipt as evidence: where it came from, what is known to have happened, and what the clock says of it. Who complains and about what is not in it. */
const evidenceOf = (
  { id, number, given, chosen }: Ready & { readonly id: string; readonly number: string },
  now: Date,
  calendars: Calendars,
): NewRecord => {
  const { channel, category, source, registeredAt, registeredBy, account, agencyId, groupSize } = given;
  const { pack, matter, timeZone } = chosen;
  const start = { ...given, pack, matter, timeZone: timeZone ?? given.timeZone };
  const past = given.events.map(({ event }) => event);
  const body = { complaintId: id, number, channel, category, source, registeredAt, account, agencyId, groupSize };
  return { kind: 'complaint-registered', actor: registeredBy, body: { ...body, clock: clockEvidence(start, past, now, calendars) } };
};

const kindOf = ({ intake, personal, groupSize }: Registration): ComplainantKind =>
  intake?.kind ?? impliedKind({ hasProxy: personal.proxy !== null, groupSize });

const beginning = (complaintId: string, given: Registration, { pack, matter, rule }: Chosen): NewEntry => ({
  complaintId,
  at: given.registeredAt,
  kind: given.source === 'import' ? 'imported' : 'registered',
  actor: given.registeredBy,
  data: {
    channel: given.channel,
    category: given.category,
    externalRef: given.externalRef,
    ...(given.intake && { complainantKind: given.intake.kind }),
    ...(given.intake?.forwarded && { regulator: given.intake.forwarded.regulator }),
    ...(rule && { pack, matter, packRule: rule }),
  },
});

/** What it is found by: its texts, the name of who complains, and what was written with its events. */
const textsOf = (complaintId: string, { personal, events }: Registration): TextsOf => ({
  complaintId,
  texts: [...wordsOf(personal), ...events.flatMap(({ note }) => Object.values(note))],
});

/** The entry of an accepted event. */
export const clockEntry = ({ complaintId, event, more, recordedAt, recordedBy }: LedgerEvent, eventId: string): NewEntry => ({
  complaintId,
  at: recordedAt,
  kind: 'clock-event',
  actor: recordedBy,
  data: { eventId, ...event, ...more },
});

const NOTE = 'clock_event.note';

/** What people wrote with an event; null where they wrote nothing. */
export const sealNote = (vault: Vault, note: Readonly<Record<string, string>>): Buffer | null =>
  Object.keys(note).length === 0 ? null : vault.seal(JSON.stringify(note), NOTE);
export const openNote = (vault: Vault, sealed: Buffer | null): Record<string, string> =>
  sealed === null ? {} : (JSON.parse(vault.open(sealed, NOTE)) as Record<string, string>);
