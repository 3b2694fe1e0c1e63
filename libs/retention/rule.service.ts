import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { leastYears, OWN_RULE, RETENTION_KINDS, winnerOf, type KeptKind, type RetentionKinds } from './kind.ts';
import { invalid, RetentionDesk } from './retention.desk.ts';
import { ALREADY_DECIDED, NOT_YOURS, OWN_PROPOSAL, RULE_OPEN } from './retention.refusals.ts';
import type {
  Decision,
  RetentionKindsView,
  RetentionKindView,
  RetentionRuleFilter,
  RetentionRuleRequest,
  RetentionRuleView,
  RuleState,
} from './rule.dto.ts';
import { RuleStore, type RuleRecord } from './rule.store.ts';

const STATES: Readonly<Record<Decision, RuleState>> = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' };

/** For how long what is kept: what the law asks for, and what the institution adds. */
@Injectable()
export class RuleService {
  constructor(
    @Inject(RetentionDesk) private readonly desk: RetentionDesk,
    @Inject(RuleStore) private readonly store: RuleStore,
    @Inject(RETENTION_KINDS) private readonly of: RetentionKinds,
  ) {}

  async kinds(principal: Principal): Promise<RetentionKindsView> {
    const rules = await this.desk.read(principal, (tx) => this.store.current(tx, principal.institutionId));
    const ruleOf = (kind: string, state: RuleState) => rules.find((rule) => rule.kind === kind && rule.state === state) ?? null;
    return {
      timeZone: this.desk.timeZone,
      items: this.of.kinds.map((kind) => toKindView(kind, ruleOf(kind.kind, 'approved'), ruleOf(kind.kind, 'proposed'))),
      forEver: this.of.forEver.map(({ what, why }) => ({ what, why })),
    };
  }

  /** Every version, the newest first. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, { kind, cursor, limit = 50 }: RetentionRuleFilter): Promise<Page<RetentionRuleView>> {
    const before = decodeCursor(cursor, isUuid);
    const rows = await this.desk.read(principal, (tx) => this.store.list(tx, principal.institutionId, kind ?? null, before, limit + 1));
    return toPage(rows, limit, ({ id }) => id, toRuleView);
  }

  /** Proposes a rule of the institution. Refuses with INVALID (no such kind; shorter than what is built in), RULE_OPEN, IDEMPOTENCY_KEY_REUSED. */
  propose(principal: Principal, request: RetentionRuleRequest, idempotency: IdempotentRequest | null): Promise<RetentionRuleView> {
    const { institutionId, subject } = principal;
    const kind = this.of.kinds.find((one) => one.kind === request.kind);
    if (!kind) throw invalid('/kind', `must be one of ${this.of.kinds.map((one) => one.kind).join(', ')}`);
    const years = request.years ?? null;
    const least = leastYears(kind);
    if (years !== null && years < least.years)
      throw invalid('/years', `must be ${least.years} at least: an institution may keep longer, never shorter`, least.source);
    return this.desk.change(
      principal,
      idempotency,
      async (tx, now) => {
        const current = (await this.store.current(tx, institutionId)).filter((rule) => rule.kind === kind.kind);
        const open = current.find(({ state }) => state === 'proposed');
        if (open) throw new Refusal(RULE_OPEN, { detail: `Version ${open.version} by ${open.proposedBy}: have it decided first.` });
        if (years === null && (current[0]?.years ?? null) === null)
          throw invalid('/years', 'is needed: there is no rule of the institution that could end');
        const rule = await this.store.propose(tx, institutionId, {
          kind: kind.kind,
          years,
          source: request.source,
          proposedBy: subject,
          proposedAt: now,
        });
        await this.note(tx, principal, 'rule-proposed', rule);
        return rule.id;
      },
      (tx, id) => this.view(tx, institutionId, id),
    );
  }

  /** Refuses with NOT_FOUND, ALREADY_DECIDED, OWN_PROPOSAL, NOT_YOURS, IDEMPOTENCY_KEY_REUSED. */
  decide(principal: Principal, id: string, decision: Decision, idempotency: IdempotentRequest | null): Promise<RetentionRuleView> {
    const { institutionId, subject } = principal;
    return this.desk.change(
      principal,
      idempotency,
      async (tx, now) => {
        const rule = await this.find(tx, institutionId, id);
        if (rule.state !== 'proposed') throw new Refusal(ALREADY_DECIDED, { detail: `It is ${rule.state}.` });
        refuseTwoEyes(subject, rule.proposedBy, decision);
        await this.store.settle(tx, id, STATES[decision], subject, now);
        await this.note(tx, principal, `rule-${STATES[decision]}`, rule);
        return id;
      },
      (tx, changed) => this.view(tx, institutionId, changed),
    );
  }

  private note(tx: Tx, principal: Principal, action: string, { id, kind, version, years, source }: RuleRecord): Promise<void> {
    return this.desk.note(tx, principal, { action, resource: `rule/${id}`, detail: { kind, version, years, source } });
  }

  private async find(tx: Tx, institutionId: string, id: string): Promise<RuleRecord> {
    const rule = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (rule === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such rule here.' });
    return rule;
  }

  private async view(tx: Tx, institutionId: string, id: string): Promise<RetentionRuleView> {
    return toRuleView(await this.find(tx, institutionId, id));
  }
}

/** Who proposed something withdraws it; another person approves or refuses it. */
export function refuseTwoEyes(subject: string, proposedBy: string, decision: Decision): void {
  const own = subject === proposedBy;
  if (decision === 'withdraw' && !own) throw new Refusal(NOT_YOURS, { detail: `${proposedBy} proposed it: refuse it instead.` });
  if (decision !== 'withdraw' && own)
    throw new Refusal(OWN_PROPOSAL, { detail: 'You proposed it: have another person of compliance decide (four eyes), or withdraw it.' });
}

const toRuleView = ({ proposedAt, settledAt, ...rule }: RuleRecord): RetentionRuleView => ({
  ...rule,
  proposedAt: proposedAt.toISOString(),
  settledAt: settledAt?.toISOString() ?? null,
});

function toKindView(kind: KeptKind, own: RuleRecord | null, open: RuleRecord | null): RetentionKindView {
  const winner = winnerOf(kind, own?.years ?? null);
  const source = winner.id === OWN_RULE ? own?.source : kind.rules.find(({ id }) => id === winner.id)?.source;
  return {
    kind: kind.kind,
    title: kind.title,
    since: kind.since,
    destroying: kind.destroying,
    isBundle: kind.isBundle ?? false,
    hasOwnTerms: kind.rows.ownUntil !== undefined,
    rules: kind.rules,
    winner: { ...winner, source: source ?? '' },
    own: own && own.years !== null ? toRuleView(own) : null,
    open: open && toRuleView(open),
  };
}
