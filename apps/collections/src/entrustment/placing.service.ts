import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { agencyBlocks, covers, scoreBlocks, type AgencyRoom, type Block, type Totals } from './blocks.ts';
import { EntrustmentDesk, type Ask, type Placed } from './entrustment.desk.ts';
import { EntrustmentTables } from './entrustment.service.ts';
import { REASON } from './entrustment.view.ts';
import type { EntrustmentSetting } from './setting.store.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);

/** What an agency can take. */
export interface Capacity {
  readonly agencyId: string;
  readonly blocks: readonly Block[];
  /** Cases; null: any number. */
  readonly room: number | null;
  /** Whether its contract covers the case. */
  covers(one: { readonly product: string; readonly region: string | null }): boolean;
}

export interface Order {
  readonly allocation: string;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** What shares cases out among agencies asks of this room. */
@Injectable()
export class PlacingService {
  constructor(
    @Inject(EntrustmentTables) private readonly tables: EntrustmentTables,
    @Inject(EntrustmentDesk) private readonly desk: EntrustmentDesk,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  settingOf(tx: Tx, institutionId: string): Promise<EntrustmentSetting> {
    return this.tables.settings.find(tx, institutionId);
  }

  /** In the order of the ids. */
  async capacities(tx: Tx, institutionId: string, agencyIds: readonly string[], at: Date, minScore: number | null): Promise<Capacity[]> {
    const day = zone.format(at.getTime()).slice(0, 10);
    const rooms = new Map((await this.tables.cases.rooms(tx, institutionId, agencyIds, day)).map((one) => [one.agencyId, one]));
    return agencyIds.map((agencyId) => {
      const one = rooms.get(agencyId) ?? null;
      return {
        agencyId,
        blocks: [...agencyBlocks(day, one), ...scoreBlocks(one, minScore)],
        room: one && roomOf(one),
        covers: (facts) => one === null || covers(one.scopes, facts),
      };
    });
  }

  totals(tx: Tx, institutionId: string, currency: string): Promise<Totals> {
    return this.tables.cases.totals(tx, institutionId, currency);
  }

  /** Nobody else entrusts in the institution, and nobody changes these cases, until the transaction ends. */
  async hold(tx: Tx, institutionId: string, agencyIds: readonly string[], caseUuids: readonly string[]): Promise<void> {
    await this.tables.cases.lock(tx, institutionId, agencyIds);
    await this.tables.cases.lockCases(tx, institutionId, caseUuids);
  }

  /** Puts the cases of an allocation where they are to go; what can not go is said. The caller has them by `hold`. */
  place(tx: Tx, institutionId: string, asks: readonly Ask[], { allocation, by, reason, at }: Order): Promise<Placed[]> {
    const move = { by, cause: 'allocation', reasonSealed: this.vault.seal(reason, REASON), allocation, at } as const;
    return this.desk.place(tx, institutionId, asks, move);
  }
}

const roomOf = ({ maxOpenCases, openCases, waiting }: AgencyRoom): number | null =>
  maxOpenCases === null ? null : Math.max(maxOpenCases - openCases - waiting, 0);
