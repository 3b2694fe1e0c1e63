import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { DEFAULT_STRATEGIES } from './default-strategies.ts';
import type { StrategyContent } from './strategy.ts';

export interface StrategyInForce {
  readonly strategyId: string;
  /** 0: the product's own. */
  readonly version: number;
  readonly retired: boolean;
  readonly content: StrategyContent;
  readonly author: string | null;
  readonly createdAt: Date | null;
}

const COLUMNS = `strategy_id as "strategyId", version, retired, content, author, created_at as "createdAt"`;

@Injectable()
export class StrategyStore {
  /** The newest version of each, and the product's own where there is none; the retired too. */
  async newest(tx: Tx, institutionId: string): Promise<StrategyInForce[]> {
    const own = await tx.query<StrategyInForce>(
      `select distinct on (strategy_id) ${COLUMNS} from worklist_strategy where institution_id = $1 order by strategy_id, version desc`,
      [institutionId],
    );
    const ofProduct = DEFAULT_STRATEGIES.filter(({ strategyId }) => !own.some((one) => one.strategyId === strategyId));
    const shown = ofProduct.map((one) => ({ ...one, version: 0, retired: false, author: null, createdAt: null }));
    const places = new Map(DEFAULT_STRATEGIES.map(({ strategyId }, place) => [strategyId, place]));
    const placeOf = ({ strategyId }: StrategyInForce): number => places.get(strategyId) ?? DEFAULT_STRATEGIES.length;
    return [...shown, ...own].toSorted((a, b) => placeOf(a) - placeOf(b) || a.strategyId.localeCompare(b.strategyId));
  }

  async inForce(tx: Tx, institutionId: string): Promise<StrategyInForce[]> {
    return (await this.newest(tx, institutionId)).filter(({ retired }) => !retired);
  }

  /** Until the transaction ends nobody else makes a version. */
  async lock(tx: Tx, institutionId: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 10))', [institutionId]);
  }

  async add(
    tx: Tx,
    institutionId: string,
    strategy: Pick<StrategyInForce, 'strategyId' | 'version' | 'retired' | 'content'> & {
      readonly author: string;
      readonly createdAt: Date;
    },
  ): Promise<void> {
    const { strategyId, version, retired, content, author, createdAt } = strategy;
    await tx.query(
      'insert into worklist_strategy (institution_id, strategy_id, version, retired, content, author, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [institutionId, strategyId, version, retired, JSON.stringify(content), author, createdAt],
    );
  }
}
