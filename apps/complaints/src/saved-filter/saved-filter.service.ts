import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { ReadingService } from '../complaint/reading.service.ts';
import type { DefaultFilterRequest, SavedFilterItem, SavedFilterList, SavedFilterRequest } from './saved-filter.dto.ts';
import { FILTER_NAME_TAKEN, TOO_MANY_FILTERS } from './saved-filter.refusals.ts';
import { SavedFilterStore, type GivenFilter, type SavedFilterRecord } from './saved-filter.store.ts';

const NAME = 'saved_filter.name';
const MOST = 50;

/** Filters of the board that people keep, and share with a role. */
@Injectable()
export class SavedFilterService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(SavedFilterStore) private readonly store: SavedFilterStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  list(principal: Principal): Promise<SavedFilterList> {
    return inTransaction(this.database, principal, async (tx) => ({
      items: (await this.store.list(tx, principal)).map((record) => this.toItem(principal, record)),
    }));
  }

  /** Refuses with FORBIDDEN for a role that one may not share with, FILTER_NAME_TAKEN, TOO_MANY_FILTERS, IDEMPOTENCY_KEY_REUSED. */
  create(principal: Principal, request: SavedFilterRequest, idempotency: IdempotentRequest | null): Promise<SavedFilterItem> {
    return inTransaction(this.database, principal, async (tx) => {
      const count = await this.store.lockOwner(tx, principal);
      const claim = await claimKey(tx, principal.institutionId, idempotency);
      if (claim) return this.item(tx, principal, claim.resource);
      if (count >= MOST) throw new Refusal(TOO_MANY_FILTERS, { detail: `${MOST} at most; remove one first.` });
      const id = await this.store.insert(tx, principal, this.given(principal, request), await this.reading.now(tx));
      if (id === null) throw new Refusal(FILTER_NAME_TAKEN);
      await rememberResource(tx, principal.institutionId, idempotency, id);
      return this.item(tx, principal, id);
    });
  }

  /** By its owner. Refuses with NOT_FOUND, FORBIDDEN, FILTER_NAME_TAKEN. */
  change(principal: Principal, id: string, request: SavedFilterRequest): Promise<SavedFilterItem> {
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.lockOwner(tx, principal);
      await this.own(tx, principal, id);
      const given = this.given(principal, request);
      if (await this.store.isNameTaken(tx, principal, given.nameIndex, id)) throw new Refusal(FILTER_NAME_TAKEN);
      await this.store.update(tx, id, given, await this.reading.now(tx));
      return this.item(tx, principal, id);
    });
  }

  /** By its owner; whose board began with it begins with all again. Refuses with NOT_FOUND, FORBIDDEN. */
  remove(principal: Principal, id: string): Promise<SavedFilterList> {
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.lockOwner(tx, principal);
      await this.own(tx, principal, id);
      await this.store.remove(tx, id);
      return { items: (await this.store.list(tx, principal)).map((record) => this.toItem(principal, record)) };
    });
  }

  /** Which one my board begins with. Refuses with NOT_FOUND. */
  setDefault(principal: Principal, { filterId }: DefaultFilterRequest): Promise<SavedFilterList> {
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.lockOwner(tx, principal);
      if (filterId) await this.seen(tx, principal, filterId);
      await this.store.setDefault(tx, principal, filterId || null);
      return { items: (await this.store.list(tx, principal)).map((record) => this.toItem(principal, record)) };
    });
  }

  private given({ institutionId, subject, roles }: Principal, { name, filter, sharedRole }: SavedFilterRequest): GivenFilter {
    const mayShareWithAny = roles.includes('complaint-supervisor') || roles.includes('head-office-approver');
    if (sharedRole && !mayShareWithAny && !roles.some((role) => role === sharedRole))
      throw new Refusal(FORBIDDEN, { detail: 'A supervisor shares with any role, others with a role of their own.' });
    const trimmed = name.trim();
    return {
      nameSealed: this.vault.seal(trimmed, NAME),
      nameIndex: this.vault.index(trimmed.toLowerCase(), `${NAME} ${institutionId} ${subject}`),
      // What is not asked for is left out.
      filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')),
      sharedRole: sharedRole ?? null,
    };
  }

  private async seen(tx: Tx, principal: Principal, id: string): Promise<SavedFilterRecord> {
    const record = isUuid(id) ? await this.store.find(tx, principal, id) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such filter for you.' });
    return record;
  }

  private async own(tx: Tx, principal: Principal, id: string): Promise<void> {
    const { owner } = await this.seen(tx, principal, id);
    if (owner !== principal.subject) throw new Refusal(FORBIDDEN, { detail: `It is ${owner}'s; keep one of your own.` });
  }

  private async item(tx: Tx, principal: Principal, id: string): Promise<SavedFilterItem> {
    return this.toItem(principal, await this.seen(tx, principal, id));
  }

  private toItem({ subject }: Principal, record: SavedFilterRecord): SavedFilterItem {
    const { id, owner, nameSealed, filter, sharedRole, changedAt, isDefault } = record;
    return {
      id,
      name: this.vault.open(nameSealed, NAME),
      filter,
      sharedRole,
      owner,
      mine: owner === subject,
      isDefault,
      changedAt: Zone.of(DEFAULT_TIME_ZONE).format(changedAt.getTime()),
    };
  }
}
