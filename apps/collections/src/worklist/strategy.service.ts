import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { ActService } from '../act/act.service.ts';
import { CaseWorkService } from './case-work.service.ts';
import type { StrategyContent } from './strategy.ts';
import { StrategyStore, type StrategyInForce } from './strategy.store.ts';
import { STRATEGY_RETIRED } from './worklist.refusals.ts';
import type { Strategies, StrategyRequest, StrategyView } from './worklist.dto.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);

/** Ways to order the work. Versions are never changed; a new one makes the order anew. */
@Injectable()
export class StrategyService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(StrategyStore) private readonly store: StrategyStore,
    @Inject(CaseWorkService) private readonly work: CaseWorkService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  async list(principal: Principal): Promise<Strategies> {
    return inTransaction(this.database, principal, async (tx) => ({
      items: (await this.store.newest(tx, principal.institutionId)).map(toView),
    }));
  }

  /** Makes a version, in force at once. Refuses with INVALID, IDEMPOTENCY_KEY_REUSED. */
  async put(principal: Principal, request: StrategyRequest, idempotency: IdempotentRequest | null): Promise<StrategyView> {
    const errors = checkStrategy(request);
    if (errors.length > 0) throw new Refusal(INVALID, { errors });
    const { strategyId, name, filter, order, leaseMinutes, restMinutes } = request;
    const content: StrategyContent = {
      name: { zh: name.zh, en: name.en },
      filter: { ...filter },
      order: order.map(({ key, weight }) => ({ key, weight })),
      leaseMinutes,
      restMinutes,
    };
    return this.change(principal, strategyId, idempotency, () => ({ retired: false, content }));
  }

  /** Takes a strategy out of use. Refuses with NOT_FOUND, STRATEGY_RETIRED, IDEMPOTENCY_KEY_REUSED. */
  async retire(principal: Principal, strategyId: string, idempotency: IdempotentRequest | null): Promise<StrategyView> {
    return this.change(principal, strategyId, idempotency, (known) => {
      if (known === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such strategy here.' });
      if (known.retired) throw new Refusal(STRATEGY_RETIRED, { detail: 'Make a new version to use it again.' });
      return { retired: true, content: known.content };
    });
  }

  private async change(
    principal: Principal,
    strategyId: string,
    idempotency: IdempotentRequest | null,
    next: (known: StrategyInForce | null) => Pick<StrategyInForce, 'retired' | 'content'>,
  ): Promise<StrategyView> {
    const { institutionId, subject: author } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return toView(await this.find(tx, institutionId, strategyId));
      await this.store.lock(tx, institutionId);
      const createdAt = await this.work.now(tx);
      const known = (await this.store.newest(tx, institutionId)).find((one) => one.strategyId === strategyId) ?? null;
      const made = { ...next(known), strategyId, version: (known?.version ?? 0) + 1, author, createdAt };
      await this.store.add(tx, institutionId, made);
      await this.work.refresh(tx, institutionId, null, createdAt);
      const { version, retired } = made;
      const act = { action: 'worklist-strategy', resource: `worklist-strategy/${strategyId}/${version}`, detail: { retired } } as const;
      await this.acts.note(tx, principal, act, createdAt);
      await rememberResource(tx, institutionId, idempotency, strategyId);
      return toView(made);
    });
  }

  private async find(tx: Tx, institutionId: string, strategyId: string): Promise<StrategyInForce> {
    const found = (await this.store.newest(tx, institutionId)).find((one) => one.strategyId === strategyId);
    if (!found) throw new Refusal(NOT_FOUND, { detail: 'There is no such strategy here.' });
    return found;
  }
}

function checkStrategy({ order, filter }: StrategyRequest): FieldError[] {
  const errors: FieldError[] = [];
  const keys = order.map(({ key }) => key);
  keys.forEach((key, n) => {
    if (keys.indexOf(key) < n) errors.push({ pointer: `/order/${n}/key`, detail: `names ${key} a second time` });
  });
  const { minAmount, maxAmount } = filter;
  if (minAmount !== undefined && maxAmount !== undefined && Number(minAmount) > Number(maxAmount))
    errors.push({ pointer: '/filter/maxAmount', detail: 'must not be less than minAmount' });
  filter.regions?.forEach((region, n) => {
    if (!/^\d{2,6}$/.test(region)) errors.push({ pointer: `/filter/regions/${n}`, detail: 'must be 2 to 6 digits' });
  });
  return errors;
}

const toView = ({ strategyId, version, retired, content, author, createdAt }: StrategyInForce): StrategyView => ({
  strategyId,
  version,
  retired,
  name: content.name,
  filter: { ...content.filter },
  order: content.order,
  leaseMinutes: content.leaseMinutes,
  restMinutes: content.restMinutes,
  author,
  createdAt: createdAt && zone.format(createdAt.getTime()),
});
