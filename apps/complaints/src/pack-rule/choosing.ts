import type { Matter } from '#clock-rules';
import type { Tx } from '#pg';

/** What decides which rules a complaint is under: the first rule all of whose conditions it meets. */
export interface PackRule {
  /** Channels, regulators, categories and kinds of file, any of which will do; null or left out: whatever it is. */
  readonly channels?: readonly string[] | null;
  readonly regulators?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
  readonly imports?: readonly string[] | null;
  readonly pack: string;
  readonly matter?: Matter | null;
  /** Where its days begin and end; that of the complaint when left out. */
  readonly timeZone?: string | null;
  /** It goes on from another complaint, whose rules it keeps. */
  readonly continues?: true;
}

/** What is known of a complaint when it is registered. */
export interface PackFacts {
  readonly channel: string;
  readonly category: string | null;
  /** Code of the regulator that forwarded it, such as `pboc`. */
  readonly regulator?: string | null;
  /** Kind of the file that it came in. */
  readonly importKind?: string | null;
}

export const FALLBACK_PACK = 'cn-banking-2020';

const PAYMENT_SERVICES = ['payment-services', 'e-money'];
// The branches of a bank in the United Kingdom, and who forwards to them.
const BRITISH = ['uk-branch', 'uk-phone', 'fca', 'fos', 'regulator-fca', 'regulator-fos'];

/** The rules, and their version: a change is another. */
export const PACK_RULES_VERSION = 1;
export const PACK_RULES: readonly PackRule[] = [
  { imports: ['cfpb'], pack: 'us-cfpb' },
  // The People's Bank and its line 12363 (PBOC20). 12378 is the line of the financial regulator: CMP20, the rules of all.
  { regulators: ['pboc', '12363'], pack: 'cn-pboc-2020' },
  { channels: ['pboc', '12363', 'regulator-pboc', 'regulator-12363'], pack: 'cn-pboc-2020' },
  { regulators: ['cfpb'], pack: 'us-cfpb', timeZone: 'America/New_York' },
  { channels: ['cfpb', 'regulator-cfpb'], pack: 'us-cfpb', timeZone: 'America/New_York' },
  // DISP 1.6.2A: payment services have terms of their own.
  { regulators: ['fca', 'fos'], categories: PAYMENT_SERVICES, pack: 'uk-disp', matter: 'payment-services', timeZone: 'Europe/London' },
  { regulators: ['fca', 'fos'], pack: 'uk-disp', timeZone: 'Europe/London' },
  { channels: BRITISH, categories: PAYMENT_SERVICES, pack: 'uk-disp', matter: 'payment-services', timeZone: 'Europe/London' },
  { channels: BRITISH, pack: 'uk-disp', timeZone: 'Europe/London' },
];

export interface Chosen {
  readonly pack: string;
  readonly matter: Matter | null;
  readonly timeZone: string | null;
  /** Null: none of them, so that of all. */
  readonly rule: PackRule | null;
}

const meets = (wanted: readonly string[] | null | undefined, value: string | null | undefined): boolean =>
  !wanted || (typeof value === 'string' && wanted.includes(value));

export function choosePack({ channel, category, regulator, importKind }: PackFacts): Chosen {
  const rule = PACK_RULES.find(
    (one) =>
      meets(one.channels, channel) && meets(one.regulators, regulator) && meets(one.categories, category) && meets(one.imports, importKind),
  );
  return { pack: rule?.pack ?? FALLBACK_PACK, matter: rule?.matter ?? null, timeZone: rule?.timeZone ?? null, rule: rule ?? null };
}

/** Rules that were chosen before. */
export const packOf = ({ pack, matter }: Pick<Chosen, 'pack' | 'matter'>): Chosen => ({
  pack,
  matter,
  timeZone: null,
  rule: pack === FALLBACK_PACK && matter === null ? null : { continues: true, pack, matter },
});

/** Remembers for complaints why they are under rules that are not those of all. */
export async function rememberRules(
  tx: Tx,
  institutionId: string,
  complaints: readonly { readonly id: string; readonly chosen: Chosen }[],
): Promise<void> {
  const rows = complaints.flatMap(({ id, chosen: { pack, matter, rule } }) => (rule ? [{ complaint: id, pack, matter, rule }] : []));
  if (rows.length === 0) return;
  await tx.query(
    `insert into complaint_rule (complaint, institution_id, pack, matter, rules_version, rule)
     select complaint, $1, pack, matter, $2, rule from json_to_recordset($3) as r(complaint uuid, pack text, matter text, rule json)`,
    [institutionId, PACK_RULES_VERSION, JSON.stringify(rows)],
  );
}
