import { Zone, type Relied } from '#contact-rules';
import type { EvidenceRecord } from '#evidence';
import { cellText, type TracedRow } from '#trace';
import type { Derivation, Part, Window } from './derived.ts';

interface Decided {
  readonly decidedAt: string;
  readonly expiresAt: string | null;
  readonly zone: string;
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly channel: string;
  readonly verdict: string;
  readonly rules: readonly string[];
  readonly warnings: readonly string[];
  readonly relied: Relied | null;
}

interface DecisionBody {
  readonly decisionId: string;
  readonly decidedAt: string;
  readonly permitExpiresAt: string | null;
  readonly timeZone: string;
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly proposed: { readonly channel: string };
  readonly outcome: { readonly verdict: string; readonly reasons: readonly { readonly ruleId: string; readonly severity: string }[] };
}

const rulesOf = ({ reasons }: DecisionBody['outcome'], wanted: string): string[] => [
  ...new Set(reasons.filter(({ severity }) => severity === wanted).map(({ ruleId }) => ruleId)),
];

function decided(record: EvidenceRecord, relied: (record: EvidenceRecord) => Relied | null): Part {
  const body = record.body as unknown as DecisionBody;
  const { decisionId, decidedAt, permitExpiresAt: expiresAt, timeZone: zone, caseId, agencyId, outcome } = body;
  const isPermitted = outcome.verdict === 'permitted';
  const said: Decided = {
    decidedAt,
    expiresAt,
    zone,
    caseId,
    agencyId,
    channel: body.proposed.channel,
    verdict: outcome.verdict,
    rules: isPermitted ? [] : rulesOf(outcome, 'block'),
    warnings: rulesOf(outcome, 'warn'),
    relied: isPermitted ? relied(record) : { kinds: [], rules: [] },
  };
  return { of: decisionId, said };
}

function rowOf(parts: readonly unknown[], { from, until, timeZone, asOf }: Window): TracedRow | null {
  const one = parts.find((part): part is Decided => typeof part === 'object' && part !== null && 'decidedAt' in part);
  if (!one) return null;
  const at = Date.parse(one.decidedAt);
  if (!(at >= from && at < until)) return null;
  const [outcome] = parts.flatMap((part) =>
    typeof part === 'object' && part !== null && 'result' in part ? [part as { result: string }] : [],
  );
  const decidedAt = Zone.of(timeZone).format(at);
  const hasLapsed = one.expiresAt !== null && Date.parse(one.expiresAt) <= asOf;
  return {
    decidedAt,
    day: decidedAt.slice(0, 10),
    month: decidedAt.slice(0, 7),
    localHour: String(Math.floor(Zone.of(one.zone).timeOfDay(at) / 3_600_000)),
    caseId: cellText(one.caseId),
    agencyId: cellText(one.agencyId ?? ''),
    channel: one.channel,
    verdict: one.verdict,
    firstRule: cellText(one.rules[0] ?? ''),
    rules: cellText(one.rules.join(';')),
    warnings: cellText(one.warnings.join(';')),
    consents: one.relied === null ? '?' : one.relied.kinds.join(';'),
    lifted: one.relied === null ? '?' : cellText(one.relied.rules.join(';')),
    state: one.verdict === 'refused' ? 'refused' : outcome ? 'closed' : hasLapsed ? 'lapsed' : 'pending',
    result: outcome?.result ?? '',
  };
}

/** The contacts of a compliance report: from `contact-decision` and `contact-outcome`. */
export const CONTACTS: Derivation = {
  columns: new Set(
    'decidedAt day month localHour caseId agencyId channel verdict firstRule rules warnings consents lifted state result'.split(' '),
  ),
  partOf(record, relied) {
    if (record.kind === 'contact-decision') return decided(record, relied);
    if (record.kind !== 'contact-outcome') return null;
    const { decisionId, result } = record.body as { readonly decisionId: string; readonly result: string };
    return { of: decisionId, said: { result } };
  },
  rowOf,
};
