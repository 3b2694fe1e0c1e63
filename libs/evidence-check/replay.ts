import { calendarFrom, evaluateClock, findClockPack, type CalendarYear, type ClockInput } from '#clock-rules';
import {
  compilePolicy,
  consentsReliedOn,
  decide,
  findPack,
  readInput,
  toDecisionJson,
  type FactsJson,
  type InstitutionRules,
  type MessageJson,
  type PackVersion,
  type Policy,
  type ProposedJson,
  type Relied,
  type TenantValues,
} from '#contact-rules';
import { canonical, type EvidenceRecord } from '#evidence';

/** What came of making a decision again: the same, another, or why it could not be made. */
export type Replayed = 'same' | 'nothing' | { readonly differs: string } | { readonly cannot: string };

interface PolicyRef {
  readonly packs: readonly PackVersion[];
  readonly institution?: number | null;
  readonly tenantValues?: TenantValues;
}

interface DecisionBody {
  readonly decidedAt: string;
  readonly proposed: ProposedJson;
  readonly facts: FactsJson;
  readonly policy: PolicyRef;
  readonly outcome: unknown;
}

interface ClockBody {
  readonly input: ClockInput;
  readonly calendar: { readonly country: string; readonly years: readonly CalendarYear[] };
  readonly answer: unknown;
}

// More policies than are ever met in one log; beyond that they are compiled anew.
const MOST_KEPT = 2000;

function compiled({ packs, institution, tenantValues }: PolicyRef, rules: InstitutionRules | undefined): Policy | string {
  const found = packs.map(({ pack, version }) => findPack(pack, version) ?? `${pack} ${version}`);
  const unknown = found.find((pack) => typeof pack === 'string');
  if (unknown !== undefined) return `this program does not know the pack ${unknown}`;
  const known = found.filter((pack) => typeof pack !== 'string');
  const number = institution ?? null;
  if (number === null) return compilePolicy(known, null, tenantValues ?? {});
  if (rules === undefined) return `policy version ${number} is not in the export`;
  return compilePolicy(known, { version: number, rules: { adjust: rules.adjust, rules: rules.rules } });
}

/** Makes decisions and clocks again from what stands in the records, with the pure rules. */
export class Replay {
  private readonly versions = new Map<number, InstitutionRules>();
  private readonly policies = new Map<string, Policy | string>();

  /** Policies are published in the same log, before what is decided by them. */
  learn({ kind, body }: EvidenceRecord): void {
    if (kind === 'policy-published') this.versions.set(body['number'] as number, body['content'] as InstitutionRules);
  }

  /** `open` gives what was sealed, where its key is at hand; undefined: it is not. */
  of(record: EvidenceRecord, open: () => unknown): Replayed {
    try {
      if (record.kind === 'contact-decision') return this.decision(record, record.bodySealed && open());
      const clock = record.body['clock'];
      return clock === undefined ? 'nothing' : clockAgain(clock as ClockBody);
    } catch (error) {
      return { cannot: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The consents that a permit rests on; null: its policy is not at hand. */
  reliedOn({ body }: EvidenceRecord): Relied | null {
    const { decidedAt, proposed, facts, policy: ref } = body as unknown as DecisionBody;
    if ((facts.consents ?? []).length === 0) return { kinds: [], rules: [] };
    const policy = this.policyOf(ref);
    if (typeof policy === 'string') return null;
    return consentsReliedOn(readInput({ ...proposed, message: null }, facts), policy, Date.parse(decidedAt));
  }

  private decision({ body, bodySealed }: EvidenceRecord, personal: unknown): Replayed {
    if (bodySealed && personal === undefined) return { cannot: 'its message is sealed, and the key is not in the export' };
    const { decidedAt, proposed, facts, policy: ref, outcome } = body as unknown as DecisionBody;
    const whole = bodySealed ? { ...proposed, message: { ...proposed.message, ...(personal as MessageJson) } } : proposed;
    const policy = this.policyOf(ref);
    if (typeof policy === 'string') return { cannot: policy };
    const input = readInput(whole, facts);
    return compare(toDecisionJson(decide(input, policy, Date.parse(decidedAt)), input.facts.timeZone), outcome);
  }

  private policyOf(ref: PolicyRef): Policy | string {
    const key = JSON.stringify([ref.packs, ref.institution ?? null, ref.tenantValues ?? null]);
    const known = this.policies.get(key);
    if (known !== undefined) return known;
    if (this.policies.size >= MOST_KEPT) this.policies.clear();
    const policy = compiled(ref, this.versions.get(ref.institution ?? -1));
    // What is not known yet may be published further on.
    if (typeof policy !== 'string') this.policies.set(key, policy);
    return policy;
  }
}

function clockAgain({ input, calendar, answer }: ClockBody): Replayed {
  const pack = findClockPack(input.pack);
  if (!pack) return { cannot: `this program does not know the pack ${input.pack}` };
  return compare(evaluateClock(input, pack, calendarFrom(calendar.country, calendar.years)), answer);
}

function compare(again: unknown, recorded: unknown): Replayed {
  const [one, other] = [canonical(again), canonical(recorded)];
  return one === other ? 'same' : { differs: `the rules give ${one.slice(0, 300)}` };
}
