import { canonical, Frontier, isIncluded, openBody, recordHash, type EvidenceRecord, type SignedHead } from '#evidence';
import type { Finding, Problem } from './finding.ts';
import {
  edgeOf,
  readLine,
  signedPart,
  type ContextLine,
  type EndLine,
  type HeadLine,
  type Line,
  type LogLine,
  type RecordLine,
} from './lines.ts';
import { EarlierHead } from './earlier.ts';
import { Replay } from './replay.ts';
import { Span } from './span.ts';
import { Trust } from './trust.ts';
import { Unusable, type Summary, type VerifierOptions } from './terms.ts';

// The id says when it was made, and so does the record.
const ID_MS = 60_000;
const MOST_KEYS = 2000;

/** Milliseconds since 1970 of a UUID of version 7. */
const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** Checks an export line by line, in memory that does not grow with it. */
export class Verifier {
  private log: LogLine | null = null;
  private readonly trust: Trust;
  private readonly earlier: EarlierHead | null;
  private readonly replay = new Replay();
  private readonly subjectKeys = new Map<string, { subject: string; key: Buffer }>();
  /** Null: what came before has holes, and the tree is not known until a head says it again. */
  private frontier: Frontier | null = null;
  private span = new Span(0, []);
  private next = 0;
  /** Positions that heads cover and for which no record has come so far. */
  private short: { from: number; to: number } | null = null;
  private lastHead: SignedHead | null = null;
  private ended: EndLine | null = null;
  private unreadable: number | null = null;
  private lines = 0;
  private firstAt: string | null = null;
  private readonly counts = { records: 0, heads: 0, replayed: 0, problems: 0 };
  private readonly notReplayed: Record<string, number> = {};

  constructor(private readonly options: VerifierOptions) {
    this.trust = new Trust(options.keys);
    this.earlier = options.earlier && new EarlierHead(options.earlier);
  }

  /** Takes the next line. Throws Unusable. */
  line(text: string): void {
    this.lines += 1;
    if (text === '' && this.lines > 1) return;
    const line = readLine(text);
    if (this.log === null) {
      if (line?.type !== 'log' || line.version !== 1) throw new Unusable('the first line is not that of an export of evidence, version 1');
      this.begin(line);
      return;
    }
    this.reportUnreadable();
    if (line === null) {
      this.unreadable = this.lines;
      return;
    }
    const isCanonical = canonical(line) === text;
    if (!isCanonical) this.found('altered', placeOf(line), idOf(line), `line ${this.lines} is not in canonical form (RFC 8785)`);
    this.take(line, isCanonical ? text : canonical(line));
  }

  /** After the last line. Throws Unusable where there was none. */
  end(): Summary {
    const { log, lastHead } = this;
    if (log === null) throw new Unusable('the input is empty');
    this.endTail(log);
    this.endEarlier(log);
    const { log: name, institution, from } = log;
    const { records, heads, replayed, problems } = this.counts;
    const size = lastHead?.size ?? from;
    return {
      log: name,
      institution,
      from,
      size,
      records,
      heads,
      replayed,
      notReplayed: this.notReplayed,
      problems,
      lastHead,
      firstAt: this.firstAt,
    };
  }

  private begin(line: LogLine): void {
    const { earlier } = this.options;
    if (earlier && (earlier.log !== line.log || earlier.institution !== line.institution))
      throw new Unusable(
        `the earlier head is of ${earlier.log} of ${earlier.institution}, the export of ${line.log} of ${line.institution}`,
      );
    this.log = line;
    this.next = line.from;
    if (line.from === 0) this.resume(new Frontier());
  }

  private take(line: Line, text: string): void {
    switch (line.type) {
      case 'log':
        return this.found('altered', this.next, null, 'a second beginning in the middle');
      case 'key':
        return this.trust.add(line);
      case 'context':
        return this.context(line);
      case 'subject-key':
        if (this.subjectKeys.size >= MOST_KEYS) this.subjectKeys.clear();
        this.subjectKeys.set(line.keyId, { subject: line.subject, key: Buffer.from(line.key, 'base64') });
        return;
      case 'record':
        return this.record(line, text);
      case 'head':
        return this.head(line);
      case 'end':
        this.ended = line;
    }
  }

  private record({ position, id, leafHash, record }: RecordLine, text: string): void {
    this.counts.records += 1;
    if (position < this.next) {
      this.frontier = null;
      return this.found('reordered', position, id, `stands where position ${this.next} belongs`);
    }
    this.reportShort();
    if (position > this.next) this.gap(this.next, position);
    this.next = position + 1;
    const leaf = Buffer.from(leafHash, 'hex');
    this.frontier?.add(leaf);
    this.span.add({ position, id, leafHash: leaf });
    this.compareEarlier();
    if (record === null) return this.found('dropped', position, id, 'its place is there, the record is not');
    // The keys of a canonical line are in order: the record stands between its position and its type.
    const recordText = text.slice(text.indexOf('"record":') + '"record":'.length, -',"type":"record"}'.length);
    if (!recordHash(recordText).equals(leaf)) return this.found('altered', position, id, 'the record does not have the hash of its place');
    if (record.id !== id || record.institution !== this.log?.institution)
      return this.found('altered', position, id, 'the record is not the one whose place this is');
    this.judge(record, position);
  }

  private judge(record: EvidenceRecord, position: number): void {
    const { id } = record;
    const at = Date.parse(record.at);
    const sealedBefore = this.lastHead === null ? Number.NaN : Date.parse(this.lastHead.at);
    if (Math.abs(madeAt(id) - at) > ID_MS)
      this.found('appended-late', position, id, `says ${record.at}; its id was made at ${new Date(madeAt(id)).toISOString()}`);
    else if (sealedBefore - at > this.options.lateMs)
      this.found('appended-late', position, id, `says ${record.at}; the head before it is of ${this.lastHead?.at ?? ''}`);
    this.replay.learn(record);
    this.firstAt ??= record.at;
    this.options.record?.(record, position, (permit) => this.replay.reliedOn(permit));
    const replayed = this.replay.of(record, () => this.personalOf(record));
    if (replayed === 'nothing') return;
    if (replayed === 'same') this.counts.replayed += 1;
    else if ('differs' in replayed) this.found('wrong-replay', position, id, replayed.differs);
    else this.notReplayed[replayed.cannot] = (this.notReplayed[replayed.cannot] ?? 0) + 1;
  }

  private personalOf({ institution, subject, bodySealed }: EvidenceRecord): unknown {
    const key = bodySealed && this.subjectKeys.get(bodySealed.keyId);
    return key && subject === key.subject
      ? openBody(bodySealed, { institution, subject, keyId: bodySealed.keyId, key: key.key })
      : undefined;
  }

  private head(line: HeadLine): void {
    const { size, rootHash } = line;
    const root = Buffer.from(rootHash, 'hex');
    this.counts.heads += 1;
    const isSigned = this.checkSignature(line);
    const edge = edgeOf(line, root);
    if (edge === null) this.found('inconsistent-head', size, null, 'the edge that stands with the head does not lead to its root');
    if (size < this.next) this.found('inconsistent-head', size, null, `a head of ${size} after ${this.next} records`);
    else if (size > this.next) this.short = { from: this.short?.from ?? this.next, to: size };
    else if (this.frontier && isSigned && !this.frontier.root.equals(root)) this.report(this.span.faultOf(root, this.frontier, edge));
    if (!isSigned) return this.leave();
    this.lastHead = signedPart(line);
    this.options.head?.(this.lastHead);
    this.next = Math.max(this.next, size);
    if (edge && size === this.next) this.resume(edge);
    else this.leave();
    this.compareEarlier();
  }

  /** From here on the tree is known. */
  private resume(frontier: Frontier): void {
    this.frontier = frontier;
    this.span = new Span(frontier.size, frontier.edge);
  }

  /** The tree goes on as it is; faults are looked for from here on. */
  private leave(): void {
    this.span = new Span(this.next, this.frontier?.edge ?? []);
  }

  private checkSignature(head: SignedHead): boolean {
    const doubt = this.log === null ? null : this.trust.doubtOf(head, this.log);
    if (doubt !== null) this.found('bad-signature', head.size, null, `the head of ${head.size}: ${doubt}`);
    return doubt === null;
  }

  private context({ position, record, proof }: ContextLine): void {
    const { lastHead, log } = this;
    const leaf = recordHash(canonical(record));
    const parts = proof.map((part) => Buffer.from(part, 'hex'));
    const root = Buffer.from(lastHead?.rootHash ?? '', 'hex');
    if (lastHead?.size === log?.from && isIncluded(leaf, position, log?.from ?? 0, parts, root)) this.replay.learn(record);
    else this.found('altered', position, record.id, 'what stands before the export is not in the log of its first head');
  }

  private gap(from: number, to: number): void {
    this.found('dropped', from, null, to - from === 1 ? `position ${from} is missing` : `positions ${from} to ${to - 1} are missing`);
    this.frontier = null;
  }

  private reportShort(): void {
    if (this.short) this.found('dropped', this.short.from, null, `positions ${this.short.from} to ${this.short.to - 1} are missing`);
    this.short = null;
  }

  private reportUnreadable(): void {
    if (this.unreadable !== null) this.found('altered', this.next, null, `line ${this.unreadable} is nothing that an export has`);
    this.unreadable = null;
  }

  private endTail(log: LogLine): void {
    const covered = this.lastHead?.size ?? log.from;
    if (this.short)
      this.found(
        'truncated-tail',
        this.short.from,
        null,
        `heads cover ${this.short.to} records, those from ${this.short.from} on are missing`,
      );
    else if (this.unreadable !== null) this.found('truncated-tail', this.next, null, `line ${this.unreadable} is cut off`);
    else if (this.ended === null) this.found('truncated-tail', this.next, null, 'the last line of the export is missing');
    else if (Math.max(log.to, this.ended.size) > covered)
      this.found(
        'truncated-tail',
        covered,
        null,
        `the export says that it goes to ${Math.max(log.to, this.ended.size)}, its last head to ${covered}`,
      );
    else if (this.next > covered)
      this.found('appended-late', covered, null, `no signed head covers the records from position ${covered} on`);
  }

  private compareEarlier(): void {
    if (this.frontier) this.report(this.earlier?.compare(this.frontier) ?? null);
  }

  private endEarlier(log: LogLine): void {
    if (this.earlier === null) return;
    this.checkSignature(this.earlier.head);
    this.report(this.earlier.atEnd(log.from, this.lastHead?.size ?? log.from));
  }

  private report(fault: (Omit<Finding, 'id'> & { readonly id?: string | null }) | null): void {
    if (fault) this.found(fault.problem, fault.position, fault.id ?? null, fault.detail);
  }

  private found(problem: Problem, position: number | null, id: string | null, detail: string): void {
    this.counts.problems += 1;
    this.options.found({ problem, position, id, detail });
  }
}

const placeOf = (line: Line): number | null => ('position' in line ? line.position : 'size' in line ? line.size : null);
const idOf = (line: Line): string | null => (line.type === 'record' ? line.id : null);
