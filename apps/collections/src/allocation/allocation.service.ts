import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { EntrustmentSettingService } from '../entrustment/setting.service.ts';
import { AllocationDesk } from './allocation.desk.ts';
import type {
  AllocationLineFilter,
  AllocationLineView,
  AllocationRuleListView,
  AllocationRuleRequest,
  AllocationRuleView,
  AllocationView,
} from './allocation.dto.ts';
import { NOT_RUNNING, RULE_RETIRED } from './allocation.refusals.ts';
import { AllocationRuns } from './allocation.runs.ts';
import { AllocationStore } from './allocation.store.ts';
import { toRuleView, toView } from './allocation.view.ts';
import type { RuleContent } from './rule.ts';

/** Rules by which cases are shared out, and what they would do. */
@Injectable()
export class AllocationService {
  constructor(
    @Inject(AllocationDesk) private readonly desk: AllocationDesk,
    @Inject(AllocationStore) private readonly store: AllocationStore,
    @Inject(AllocationRuns) private readonly runs: AllocationRuns,
    @Inject(EntrustmentSettingService) private readonly settings: EntrustmentSettingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with INVALID, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async addRule(principal: Principal, request: AllocationRuleRequest, idempotency: IdempotentRequest | null): Promise<AllocationRuleView> {
    const { institutionId, subject: by } = principal;
    const content = contentOf(request);
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => this.store.addRule(tx, institutionId, { name: request.name, content, by, at: await this.desk.now(tx) }),
      (tx, id) => this.rule(tx, principal, id),
    );
  }

  rules(principal: Principal): Promise<AllocationRuleListView> {
    return this.desk.read(principal, async (tx) => ({ items: (await this.store.rules(tx, principal.institutionId)).map(toRuleView) }));
  }

  /** Refuses with NOT_FOUND, FORBIDDEN. */
  async retireRule(principal: Principal, id: string): Promise<AllocationRuleView> {
    return this.desk.read(principal, async (tx) => {
      await this.rule(tx, principal, id);
      await this.store.retireRule(tx, id, principal.subject, await this.desk.now(tx));
      return this.rule(tx, principal, id);
    });
  }

  /** Has a rule tried on the cases as they are, as a job. Refuses with NOT_FOUND, RULE_RETIRED, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async simulate(principal: Principal, ruleId: string, idempotency: IdempotentRequest | null): Promise<AllocationView> {
    const { institutionId, subject } = principal;
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => {
        const rule = await this.rule(tx, principal, ruleId);
        if (rule.retiredAt !== null) throw new Refusal(RULE_RETIRED);
        const id = await this.store.create(tx, institutionId, rule.id, subject);
        await this.runs.wake(tx, institutionId, id);
        return id;
      },
      (tx, id) => this.view(tx, principal, id),
    );
  }

  /** Refuses with NOT_FOUND, FORBIDDEN. */
  find(principal: Principal, id: string): Promise<AllocationView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal, id));
  }

  /** The newest first. Refuses with INVALID for a cursor that is not ours, FORBIDDEN. */
  async list(principal: Principal, { limit = 50, cursor }: PageRequest): Promise<Page<AllocationView>> {
    const before = decodeCursor(cursor, isUuid);
    return this.desk.read(principal, async (tx) => {
      const { fourEyesAbove } = await this.settings.settingOf(tx, principal.institutionId);
      const records = await this.store.list(tx, principal.institutionId, before, limit);
      return toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => toView(record, fourEyesAbove, this.vault),
      );
    });
  }

  /** Case by case. Refuses with NOT_FOUND, INVALID for a cursor that is not ours, FORBIDDEN. */
  async lines(principal: Principal, id: string, filter: AllocationLineFilter): Promise<Page<AllocationLineView>> {
    const { limit = 50, cursor, agencyId = null, stays = null, outcome = null } = filter;
    const after = decodeCursor(cursor, (text) => /^\d{1,9}$/.test(text));
    return this.desk.read(principal, async (tx) => {
      const record = await this.desk.find(tx, principal, id);
      const lines = await this.store.lines(tx, {
        id: record.id,
        agencyId,
        stays,
        outcome,
        after: after === null ? null : Number(after),
        limit,
      });
      return toPage(
        lines,
        limit,
        ({ seq }) => String(seq),
        (line) => ({
          caseId: line.caseId,
          agencyId: line.agencyId,
          stays: line.stays,
          balance: line.balance,
          outcome: line.outcome,
          detail: line.detail,
        }),
      );
    });
  }

  /** Stops a simulation. Refuses with NOT_FOUND, NOT_RUNNING, FORBIDDEN. */
  async cancel(principal: Principal, id: string): Promise<AllocationView> {
    return this.desk.read(principal, async (tx) => {
      const record = await this.desk.take(tx, principal, id);
      if (!(await this.runs.cancel(tx, record.id))) throw new Refusal(NOT_RUNNING);
      return this.view(tx, principal, id);
    });
  }

  private async rule(tx: Tx, { institutionId }: Principal, id: string): Promise<AllocationRuleView> {
    const record = await this.store.findRule(tx, institutionId, id);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such rule here.' });
    return toRuleView(record);
  }

  private async view(tx: Tx, principal: Principal, id: string): Promise<AllocationView> {
    const { fourEyesAbove } = await this.settings.settingOf(tx, principal.institutionId);
    return toView(await this.desk.find(tx, principal, id), fourEyesAbove, this.vault);
  }
}

/** Refuses with INVALID. */
function contentOf({ name: _name, ...request }: AllocationRuleRequest): RuleContent {
  const content: RuleContent = {
    ...request,
    overdueFrom: request.overdueFrom ?? null,
    overdueTo: request.overdueTo ?? null,
    balanceFrom: request.balanceFrom ?? null,
    balanceTo: request.balanceTo ?? null,
    minScore: request.minScore ?? null,
    maxShareNumber: request.maxShareNumber ?? null,
    maxShareAmount: request.maxShareAmount ?? null,
    targets: request.targets.map(({ agencyId, weight, maxCases = null }) => ({ agencyId, weight, maxCases })),
  };
  const errors: { pointer: string; detail: string }[] = [];
  const below = (from: number | null, to: number | null): boolean => from !== null && to !== null && to < from;
  if (below(content.overdueFrom, content.overdueTo)) errors.push({ pointer: '/overdueTo', detail: 'is less than overdueFrom' });
  const numberOf = (amount: string | null): number | null => (amount === null ? null : Number(amount));
  if (below(numberOf(content.balanceFrom), numberOf(content.balanceTo)))
    errors.push({ pointer: '/balanceTo', detail: 'is less than balanceFrom' });
  for (const [n, region] of content.regions.entries())
    if (!/^\d{2,6}$/.test(region))
      errors.push({ pointer: `/regions/${n}`, detail: 'must be a code of GB/T 2260 such as 230100, or its first digits' });
  const seen = new Set<string>();
  for (const [n, { agencyId }] of content.targets.entries()) {
    if (seen.has(agencyId)) errors.push({ pointer: `/targets/${n}/agencyId`, detail: 'is named twice' });
    seen.add(agencyId);
  }
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  return content;
}
