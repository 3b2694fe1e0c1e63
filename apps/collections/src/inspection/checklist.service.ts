import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import { localInstantOrNull } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly, invalid } from '../oversight/oversight.refusals.ts';
import type { ChecklistList, ChecklistRequest, ChecklistView } from './checklist.dto.ts';
import { ChecklistStore, type ChecklistRecord } from './checklist.store.ts';
import { DEFAULT_CHECKLISTS, INSPECTION_KINDS, type Checklist, type InspectionKind } from './checklist.ts';

/** What inspections ask, in versions; the newest of a kind is asked. */
@Injectable()
export class ChecklistService {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(ChecklistStore) private readonly store: ChecklistStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  list(principal: Principal): Promise<ChecklistList> {
    return this.desk.read(principal, async (tx) => {
      const own = await this.store.list(tx, principal.institutionId);
      const items = INSPECTION_KINDS.flatMap((kind) => [ours(kind), ...own.filter((one) => one.kind === kind)]);
      const newest = new Map(items.map(({ kind, version }) => [kind, version]));
      return { items: items.map((one) => toView(one, newest.get(one.kind) === one.version)) };
    });
  }

  /** The next version of a kind. Refuses with FORBIDDEN, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async add(principal: Principal, request: ChecklistRequest, idempotency: IdempotentRequest | null): Promise<ChecklistView> {
    bankOnly(principal);
    const { institutionId, subject: author } = principal;
    const { kind, title, items, reason } = request;
    const twice = items.findIndex(({ itemId }, index) => items.findIndex((one) => one.itemId === itemId) < index);
    if (twice >= 0) throw invalid(`/items/${twice}/itemId`, 'is there already; each item has an id of its own');
    const unfounded = items.findIndex(({ sources }) => sources.length === 0);
    if (unfounded >= 0) throw invalid(`/items/${unfounded}/sources`, 'name the article that the item follows, such as HLJ 23');
    const work = async (tx: Tx): Promise<string> => {
      await this.store.lock(tx, institutionId, kind);
      const createdAt = await this.desk.now(tx);
      const version = (await this.inForce(tx, institutionId, kind)).version + 1;
      await this.store.add(tx, institutionId, { kind, version, title, items, author, createdAt });
      const resource = `inspection-checklist/${kind}/${version}`;
      await this.acts.note(tx, principal, { action: 'checklist-added', resource, detail: { items: items.length }, reason }, createdAt);
      return String(version);
    };
    return this.desk.write(principal, idempotency, work, async (tx, version) => {
      const found = await this.version(tx, institutionId, kind, Number(version));
      return toView(found, (await this.inForce(tx, institutionId, kind)).version === found.version);
    });
  }

  async inForce(tx: Tx, institutionId: string, kind: InspectionKind): Promise<Checklist> {
    return (await this.store.newest(tx, institutionId, kind)) ?? DEFAULT_CHECKLISTS[kind];
  }

  private async version(tx: Tx, institutionId: string, kind: InspectionKind, version: number): Promise<ChecklistRecord> {
    return (await this.store.find(tx, institutionId, kind, version)) ?? ours(kind);
  }
}

const ours = (kind: InspectionKind): ChecklistRecord => ({ ...DEFAULT_CHECKLISTS[kind], author: null, createdAt: null });

const toView = ({ kind, version, title, items, author, createdAt }: ChecklistRecord, inForce: boolean): ChecklistView => ({
  kind,
  version,
  title: { zh: title.zh, en: title.en },
  items: items.map(({ itemId, zh, en, sources }) => ({ itemId, zh, en, sources })),
  author,
  createdAt: localInstantOrNull(createdAt),
  inForce,
});
