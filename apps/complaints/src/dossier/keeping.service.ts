import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import { databaseNow, type Tx } from '#pg';
import { Vault } from '#vault';
import { isInstant, isUuid } from '#wire';
import { TimelineService } from '../timeline/timeline.service.ts';
import { DossierStore, type DossierRecord } from './dossier.store.ts';
import { ITEM_KINDS, ItemStore, type NewItem } from './item.store.ts';

export const ITEM_BODY = 'dossier_item.body';
const SYSTEM = 'system';
/** What is reported later than it happened is looked for again so far back. */
const OVERLAP_MS = 8 * 86_400_000;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 3_600_000;

export interface ReadPage {
  readonly items: readonly unknown[];
  readonly next: { readonly at: number; readonly id: string } | null;
}

/** What a file becomes as it is read. */
@Injectable()
export class KeepingService {
  constructor(
    @Inject(DossierStore) private readonly store: DossierStore,
    @Inject(ItemStore) private readonly items: ItemStore,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  /** Keeps a page, and where it ended. Throws Error for what cannot be read: it comes from another service. */
  async keepPage(tx: Tx, institutionId: string, complaintId: string, { items, next }: ReadPage): Promise<void> {
    const given = items.map((item) => this.toItem(item));
    await this.items.add(tx, institutionId, complaintId, given, await this.now(tx));
    await this.store.keepPlace(tx, complaintId, next);
  }

  /** The file is whole as of now. The complaint's lock first, as everyone who changes one. */
  async noteWhole(tx: Tx, institutionId: string, complaintId: string, refreshMs: number): Promise<Readonly<Record<string, number>>> {
    await this.store.lockComplaint(tx, complaintId);
    const before = await this.store.find(tx, institutionId, complaintId, true);
    const now = await this.now(tx);
    const counts = Object.fromEntries(
      (await this.items.counts(tx, complaintId)).filter((one) => one.of === 'kind').map(({ name, n }) => [name, n]),
    );
    await this.store.noteWhole(tx, complaintId, now);
    await this.store.setState(tx, complaintId, 'kept', now);
    const isOpen = (await this.store.closedAt(tx, complaintId)) === null;
    await this.store.readNext(tx, complaintId, isOpen ? new Date(now.getTime() + refreshMs) : null);
    if (before?.readAt === null)
      await this.timeline.add(tx, institutionId, [{ complaintId, at: now, kind: 'dossier-read', actor: SYSTEM, data: { counts } }]);
    return counts;
  }

  /** Collections could not be read: later again, after twice the time, an hour at most. */
  async noteFailure(tx: Tx, institutionId: string, complaintId: string, problem: string): Promise<void> {
    await this.store.lockComplaint(tx, complaintId);
    const before = await this.store.find(tx, institutionId, complaintId, true);
    const now = await this.now(tx);
    const tries = await this.store.noteFailure(tx, complaintId);
    // What was read once stays to be seen.
    await this.store.setState(tx, complaintId, before?.readAt ? 'kept' : 'waiting', now, problem);
    await this.store.readNext(
      tx,
      complaintId,
      new Date(now.getTime() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries - 1, 20))),
    );
    if (before?.problem === null)
      await this.timeline.add(tx, institutionId, [{ complaintId, at: now, kind: 'dossier-waiting', actor: SYSTEM, data: { problem } }]);
  }

  seal(body: object): Buffer {
    return this.vault.seal(JSON.stringify(body), ITEM_BODY);
  }

  private toItem(value: unknown): NewItem {
    const { kind, id, at, caseId, agencyId, body, text, note, contactPoint } = value as Record<string, unknown>;
    const known = ITEM_KINDS.find((one) => one === kind && one !== 'attached');
    if (known === undefined || typeof id !== 'string' || !isUuid(id) || !isInstant(at) || typeof body !== 'object' || body === null)
      throw new Error('what collections gave for a file cannot be read');
    const fields = body as Record<string, unknown>;
    const whole = { kind, id, at, caseId, agencyId, body, text, note, contactPoint };
    return {
      kind: known,
      ref: id,
      at,
      caseId: textOrNull(caseId),
      agencyId: textOrNull(agencyId),
      channel: textOrNull(fields.channel),
      verdict: textOrNull(fields.verdict),
      ruleIds: [...new Set(blocksOf(fields.reasons))],
      collectorIds: Array.isArray(fields.collectorIds) ? fields.collectorIds.filter((one) => typeof one === 'string') : [],
      bodySealed: this.seal({ ...fields, text, note, contactPoint }),
      sha256: createHash('sha256').update(JSON.stringify(whole)).digest(),
      addedBy: null,
    };
  }
}

/** From when on is to be read: all the first time, then what may have changed since. */
export const sinceOf = ({ readAt, fromAt }: DossierRecord): Date | null =>
  readAt === null ? null : new Date(Math.max(fromAt.getTime(), readAt.getTime() - OVERLAP_MS));

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const blocksOf = (reasons: unknown): string[] =>
  Array.isArray(reasons)
    ? reasons.flatMap((reason: { ruleId?: unknown; severity?: unknown }) =>
        typeof reason.ruleId === 'string' && reason.severity === 'block' ? [reason.ruleId] : [],
      )
    : [];
