import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Refusal, type FieldError } from '#problem';
import { CodeTableService, type CodesOf } from '../code-table/code-table.service.ts';
import { ArrivalService, type OpenedArrival } from '../sorting/arrival.service.ts';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import { SortingSettings, type Versioned } from '../sorting/sorting-setting.service.ts';
import { suggestFromCfpb } from './cfpb.ts';
import type { ClassificationRulesRequest, ClassificationRulesView } from './classification.dto.ts';
import { RULES_REFUSED } from './classification.refusals.ts';
import type { Suggested } from './classification.store.ts';
import ours from './rules.json' with { type: 'json' };
import { suggest, type KeywordRule, type RuleSet, type Suggestion } from './suggest.ts';

const NAME = 'classification-rules';
const LOCK = 'classification-rules';
const CFPB = 'CFPB-';

const DIMENSION_OF = { channel: 'channel', business: 'business', cause: 'cause', area: 'area' } as const;
const asDimension = (text: string): KeywordRule['dimension'] =>
  text in DIMENSION_OF ? DIMENSION_OF[text as keyof typeof DIMENSION_OF] : 'cause';

/** The rules that come with the product, version 1. */
export const OUR_RULES: RuleSet = {
  negators: ours.negators,
  rules: ours.rules.map((rule) => ({ ...rule, dimension: asDimension(rule.dimension) })),
};

/** What the rules and the table of an institution say of complaints; the rules themselves, in versions. */
@Injectable()
export class SuggestionService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(SortingSettings) private readonly settings: SortingSettings,
    @Inject(CodeTableService) private readonly tables: CodeTableService,
    @Inject(ArrivalService) private readonly arrivals: ArrivalService,
  ) {}

  /** For each, in their order. */
  async suggest(tx: Tx, arrivals: readonly OpenedArrival[], now: Date): Promise<Suggested[]> {
    const known = new Map<string, { readonly rules: Versioned<RuleSet>; readonly table: CodesOf }>();
    for (const { complaint } of arrivals) {
      const { institutionId } = complaint;
      if (known.has(institutionId)) continue;
      known.set(institutionId, {
        rules: await this.settings.inForce(tx, institutionId, NAME, OUR_RULES),
        table: await this.tables.inForce(tx, institutionId, now),
      });
    }
    return arrivals.flatMap((arrival) => {
      const of = known.get(arrival.complaint.institutionId);
      if (!of) return [];
      const suggestions = suggestionsOf(arrival, of.rules.value, of.table);
      return [{ rulesVersion: of.rules.version, tableVersion: of.table.version, suggestions }];
    });
  }

  /** What would be suggested for one now. */
  async forComplaint(tx: Tx, complaintId: string, now: Date): Promise<Suggested | null> {
    const arrival = await this.arrivals.open(tx, complaintId);
    const [suggested = null] = arrival ? await this.suggest(tx, [arrival], now) : [];
    return suggested;
  }

  find(principal: Principal): Promise<ClassificationRulesView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal.institutionId));
  }

  /** The next version. Refuses with RULES_REFUSED naming rule and field, STALE_SETTING. */
  set(principal: Principal, request: ClassificationRulesRequest): Promise<ClassificationRulesView> {
    const { version, note } = request;
    const value: RuleSet = {
      negators: { zh: request.negators.zh, en: request.negators.en },
      rules: request.rules.map(({ id, dimension, code, weight, zh = [], en = [], not = [], categories = [], channels = [] }) => ({
        id,
        dimension,
        code,
        weight,
        zh,
        en,
        not,
        categories,
        channels,
      })),
    };
    return this.desk.alone(
      { principal, lock: LOCK, idempotency: null },
      async (tx, now) => {
        const { codes } = await this.tables.inForce(tx, principal.institutionId, now);
        const errors = checkRules(value.rules, new Set(codes.map(({ dimension, code }) => `${dimension} ${code}`)));
        if (errors.length > 0) throw new Refusal(RULES_REFUSED, { errors });
        await this.settings.set(tx, principal, NAME, { version, value, note }, now);
        return String(version + 1);
      },
      (tx) => this.view(tx, principal.institutionId),
    );
  }

  private async view(tx: Tx, institutionId: string): Promise<ClassificationRulesView> {
    const { version, value, note, setBy, setAt } = await this.settings.inForce(tx, institutionId, NAME, OUR_RULES);
    return {
      version,
      negators: { zh: value.negators.zh, en: value.negators.en },
      rules: value.rules.map(({ id, dimension, code, weight, zh = [], en = [], not = [], categories = [], channels = [] }) => ({
        id,
        dimension,
        code,
        weight,
        zh,
        en,
        not,
        categories,
        channels,
      })),
      note,
      setBy,
      setAt: setAt && Zone.of(DEFAULT_TIME_ZONE).format(setAt.getTime()),
    };
  }
}

function suggestionsOf({ complaint, said }: OpenedArrival, rules: RuleSet, { codes }: CodesOf): Suggestion[] {
  const { channel, category, source, externalRef } = complaint;
  // Of the Bureau's file the narrative is its columns, not anyone's words.
  if (source === 'import' && externalRef?.startsWith(CFPB)) return suggestFromCfpb(said.narrative, channel, codes);
  const text = [said.subject, said.narrative, ...said.requests].join('\n');
  return suggest({ text, channel, category }, rules, codes);
}

/** What is wrong with rules; empty: nothing. */
function checkRules(rules: readonly KeywordRule[], mayGive: ReadonlySet<string>): FieldError[] {
  const seen = new Set<string>();
  return rules.flatMap((rule, index) => {
    const errors: FieldError[] = [];
    const at = `/rules/${index}`;
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(rule.id))
      errors.push({ pointer: `${at}/id`, detail: 'must have 1 to 64 small letters, digits and dashes' });
    if (seen.has(rule.id)) errors.push({ pointer: `${at}/id`, detail: `${rule.id} is there twice` });
    seen.add(rule.id);
    if (!mayGive.has(`${rule.dimension} ${rule.code}`))
      errors.push({ pointer: `${at}/code`, detail: `the table in force has no code ${rule.code} in the dimension ${rule.dimension}` });
    const words = [rule.zh, rule.en, rule.categories, rule.channels].flatMap((list = []) => list);
    if (words.length === 0) errors.push({ pointer: `${at}/zh`, detail: 'give it at least one word, category or channel' });
    return errors;
  });
}
