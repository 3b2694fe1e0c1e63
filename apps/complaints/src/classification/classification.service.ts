import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { enqueue } from '#outbox';
import type { Tx } from '#pg';
import { Refusal, type FieldError } from '#problem';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { maskText, openData } from '../complaint/sealing.ts';
import { CodeTableService, type CodeWords } from '../code-table/code-table.service.ts';
import { DIMENSIONS, isArea } from '../code-table/codes.ts';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { ClassificationRequest, ClassificationView } from './classification.dto.ts';
import { CODE_UNKNOWN, REASON_NEEDED } from './classification.refusals.ts';
import { ClassificationStore, type ClassificationRecord, type Codes, type Outcome, type Suggested } from './classification.store.ts';
import { SuggestionService } from './suggestion.service.ts';
import { COMPLAINT_CLASSIFIED } from './traits.ts';

const CONTEXT = 'classification.reason';

/** What a person says of a complaint, and who. */
export interface Confirmation {
  readonly codes: Omit<Codes, 'tableVersion' | 'area'> & { readonly area: string };
  readonly reason: string | null;
  readonly by: string;
  /** Taken with many others at once: nobody weighed these codes, so it says nothing of how good suggestions are. */
  readonly wholesale?: boolean;
}

/** What the desk lends to this room. */
@Injectable()
export class ClassificationRoom {
  constructor(
    @Inject(ReadingService) readonly reading: ReadingService,
    @Inject(TimelineService) readonly timeline: TimelineService,
    @Inject(Vault) readonly vault: Vault,
  ) {}
}

/** What a complaint is: suggested by rules, always confirmed by a person, changed later with a reason. */
@Injectable()
export class ClassificationService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(ClassificationStore) private readonly store: ClassificationStore,
    @Inject(SuggestionService) private readonly suggestions: SuggestionService,
    @Inject(CodeTableService) private readonly tables: CodeTableService,
    @Inject(ClassificationRoom) private readonly room: ClassificationRoom,
  ) {}

  /** What is known of complaints, for other rooms; those that nobody has looked at are left out. */
  async of(tx: Tx, complaintIds: readonly string[]): Promise<ReadonlyMap<string, ClassificationRecord>> {
    const records = complaintIds.length === 0 ? [] : await this.store.find(tx, complaintIds);
    return new Map(records.map((record) => [record.complaintId, record]));
  }

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, complaintId: string, requestId: string): Promise<ClassificationView> {
    return this.desk.read(principal, async (tx) => {
      const record = await this.room.reading.find(tx, principal, complaintId);
      return this.view(tx, principal, record, requestId);
    });
  }

  /** Refuses with NOT_FOUND, RECUSED, CODE_UNKNOWN naming the field, REASON_NEEDED for a second time without one, IDEMPOTENCY_KEY_REUSED. */
  confirm(
    principal: Principal,
    complaintId: string,
    { channel, business, cause, area, reason }: ClassificationRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<ClassificationView> {
    const given: Confirmation = { codes: { channel, business, cause, area }, reason: reason?.trim() || null, by: principal.subject };
    return this.desk.onComplaint(
      { principal, complaintId, idempotency },
      (tx, { record, now }) => this.confirmIn(tx, record, given, now),
      (tx, record) => this.view(tx, principal, record, requestId),
    );
  }

  /** The same in the caller's transaction, which has the complaint locked; the id of the change, or of the complaint where nothing changes. */
  async confirmIn(tx: Tx, { institutionId, id: complaintId }: ComplaintRecord, given: Confirmation, now: Date): Promise<string> {
    const codes = await this.known(tx, institutionId, given.codes, now);
    const before = (await this.of(tx, [complaintId])).get(complaintId);
    if (before?.confirmed && sameCodes(before.confirmed, codes)) return complaintId;
    if (before?.confirmed && given.reason === null)
      throw new Refusal(REASON_NEEDED, { errors: [{ pointer: '/reason', detail: 'say why it is classified otherwise now' }] });
    const suggested = before?.suggested ?? (await this.suggestions.forComplaint(tx, complaintId, now));
    const { vault, timeline } = this.room;
    const reasonSealed = given.reason === null ? null : vault.seal(given.reason, CONTEXT);
    if (!before && suggested) await this.store.keepSuggested(tx, [{ institutionId, complaintId, suggested }], now);
    const change = await this.store.confirm(tx, { institutionId, complaintId, codes, by: given.by, at: now, reasonSealed });
    const isFirst = !before?.confirmed;
    if (isFirst && suggested && !given.wholesale)
      await this.store.noteOutcomes(tx, { institutionId, complaintId, at: now }, suggested.rulesVersion, outcomesOf(codes, suggested));
    const data = { ...codes, before: before?.confirmed ?? null };
    await timeline.add(tx, institutionId, [{ complaintId, at: now, kind: 'classified', actor: given.by, data }]);
    await enqueue(tx, institutionId, COMPLAINT_CLASSIFIED, { institutionId, complaintId });
    return change;
  }

  /**
   * Takes what is suggested for each, where all four are; returns the ids of those for which it was. The caller has them locked. It does not count as
   * agreement with the rules.
   */
  async confirmSuggested(tx: Tx, records: readonly ComplaintRecord[], by: string, now: Date): Promise<string[]> {
    const known = await this.of(
      tx,
      records.map(({ id }) => id),
    );
    const done: string[] = [];
    for (const record of records) {
      const of = known.get(record.id);
      const codes = of && !of.confirmed && of.suggested ? wholeOf(of.suggested) : null;
      if (codes === null) continue;
      await this.confirmIn(tx, record, { codes, reason: null, by, wholesale: true }, now);
      done.push(record.id);
    }
    return done;
  }

  private async known(tx: Tx, institutionId: string, given: Confirmation['codes'], now: Date): Promise<Codes> {
    const { version, codes } = await this.tables.inForce(tx, institutionId, now);
    const mayGive = new Set(codes.map(({ dimension, code }) => `${dimension} ${code}`));
    const errors = DIMENSIONS.flatMap((dimension): FieldError[] =>
      mayGive.has(`${dimension} ${given[dimension]}`)
        ? []
        : [{ pointer: `/${dimension}`, detail: `version ${version} has no code ${given[dimension]} here that may be given today` }],
    );
    const { channel, business, cause, area } = given;
    if (errors.length > 0 || !isArea(area)) throw new Refusal(CODE_UNKNOWN, { errors });
    return { channel, business, cause, area, tableVersion: version };
  }

  private async view(tx: Tx, principal: Principal, record: ComplaintRecord, requestId: string): Promise<ClassificationView> {
    const { reading, vault } = this.room;
    const now = await this.desk.now(tx);
    const look = reading.readingOf(principal, now);
    const known = (await this.of(tx, [record.id])).get(record.id);
    const suggested = known?.suggested ?? (await this.suggestions.forComplaint(tx, record.id, now));
    const changes = await this.store.changes(tx, record.id);
    const written = changes.map(({ reasonSealed }) => reasonSealed && vault.open(reasonSealed, CONTEXT));
    if (written.some((reason) => reason !== null))
      await reading.noteRead(tx, principal, look, [record.id], ['classification.reason'], requestId);
    const people = look.masked ? openData(vault, record) : null;
    const zone = Zone.of(record.timeZone);
    return {
      confirmed: known?.confirmed ? toCodes(known.confirmed) : null,
      confirmedBy: known?.confirmedBy ?? null,
      confirmedAt: known?.confirmedAt ? zone.format(known.confirmedAt.getTime()) : null,
      suggested: toSuggestions(suggested),
      rulesVersion: suggested?.rulesVersion ?? 1,
      history: changes.map((change, index) => {
        const reason = written[index] ?? null;
        const shown = reason !== null && people ? maskText(reason, people) : reason;
        return { ...toCodes(change), by: change.by, at: zone.format(change.at.getTime()), reason: shown };
      }),
      words: wordsFor(await this.tables.words(tx, record.institutionId), [
        ...changes.flatMap((change) => DIMENSIONS.map((dimension) => `${dimension} ${change[dimension]}`)),
        ...(suggested?.suggestions.map(({ dimension, code }) => `${dimension} ${code}`) ?? []),
      ]),
    };
  }
}

const toCodes = ({ channel, business, cause, area, tableVersion }: Codes) => ({ channel, business, cause, area, tableVersion });

const toSuggestions = (suggested: Suggested | null): ClassificationView['suggested'] =>
  (suggested?.suggestions ?? []).map(({ dimension, code, score, reasons }) => ({
    dimension,
    code,
    score,
    reasons: reasons.map(({ rule, weight, words }) => ({ rule, weight, words })),
  }));

const sameCodes = (a: Codes, b: Codes): boolean =>
  a.tableVersion === b.tableVersion && DIMENSIONS.every((dimension) => a[dimension] === b[dimension]);

const outcomesOf = (codes: Codes, { suggestions }: Suggested): Outcome[] =>
  DIMENSIONS.map((dimension) => {
    const given = suggestions.find((each) => each.dimension === dimension);
    return { dimension, suggested: given?.code ?? null, confirmed: codes[dimension], rules: given?.rules ?? [] };
  });

/** The codes that are suggested; null unless there is one of every dimension. */
function wholeOf({ suggestions }: Suggested): Confirmation['codes'] | null {
  const of = (dimension: string): string | undefined => suggestions.find((each) => each.dimension === dimension)?.code;
  const [channel, business, cause, area] = [of('channel'), of('business'), of('cause'), of('area')];
  return channel && business && cause && area ? { channel, business, cause, area } : null;
}

function wordsFor(words: CodeWords, keys: readonly string[]): ClassificationView['words'] {
  return [...new Set(keys)].flatMap((key) => {
    const [dimension = '', code = ''] = key.split(' ');
    const known = words.get(key);
    return known ? [{ dimension, code, zh: known.zh, en: known.en }] : [];
  });
}
