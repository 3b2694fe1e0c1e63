import type { Tx } from '#pg';
import type { Words } from '#render';
import type { Vault } from '#vault';

/** How long the law, a standard or the product itself asks for a kind to be kept. */
export interface BuiltInRule {
  readonly id: string;
  readonly years: number;
  /** Instrument and article, as the sources of rules are written. */
  readonly source: string;
  readonly words: Words;
}

/** What destroying has at hand. */
export interface Destruction {
  readonly institutionId: string;
  readonly ids: readonly string[];
  readonly vault: Vault;
}

/** The rows of the institution `$1` whose time runs, in SQL. What is not over gives no row. */
export interface KeptRows {
  /** From `from` on, with its conditions. */
  readonly from: string;
  /** uuid. */
  readonly id: string;
  /** timestamptz. */
  readonly since: string;
  /** bytea, of what is there. */
  readonly digest: string;
  /** date: the last day on which the row itself says that it is kept. */
  readonly ownUntil?: string;
  /** text[], each: whose it is, by which holds find it. */
  readonly subjects?: string;
  readonly cases?: string;
  readonly complaints?: string;
  readonly agencies?: string;
}

/** A kind of record as data: which rows, from when their time runs, whose they are, what destroying them means. */
export interface KeptKind {
  readonly kind: string;
  readonly title: Words;
  /** From when the time runs. */
  readonly since: Words;
  /** What destroying does, and what it leaves. */
  readonly destroying: Words;
  readonly rules: readonly BuiltInRule[];
  readonly rows: KeptRows;
  /** Holds rows with the ids `$1` until the end of the transaction, so that nobody takes them up again meanwhile. */
  readonly lock: string;
  /** Holds many people’s data, and nobody can say whose: whatever is held by person, case, complaint or agency holds all of it. */
  readonly isBundle?: boolean;
  /** Whose keys of evidence go with the rows `$2` of `$1`: a statement that gives `subject`. */
  readonly evidenceSubjects?: string;
  /** Columns `table.column` with personal data that are gone afterwards. */
  readonly covers: readonly string[];
  destroy(tx: Tx, destruction: Destruction): Promise<void>;
}

/** What is kept for ever, and why. */
export interface KeptForEver {
  readonly what: Words;
  readonly why: Words;
  /** Columns `table.column` with sealed data, where it has them. */
  readonly columns: readonly string[];
}

export interface RetentionKinds {
  readonly kinds: readonly KeptKind[];
  readonly forEver: readonly KeptForEver[];
}

export const RETENTION_KINDS = Symbol('retention kinds');

/** Where nothing asks for longer. */
export const FIVE_YEARS: BuiltInRule = {
  id: 'default',
  years: 5,
  source: 'product',
  words: { zh: '未另有规定的，保存五年', en: 'Five years where nothing asks for longer' },
};

/** The rule that keeps a kind the longest; the first of those that are equal. */
export function winnerOf(kind: KeptKind, ownYears: number | null): { readonly id: string; readonly years: number } {
  const own = ownYears === null ? [] : [{ id: OWN_RULE, years: ownYears }];
  const [first, ...rest] = [...kind.rules.map(({ id, years }) => ({ id, years })), ...own];
  if (!first) throw new Error(`${kind.kind} has no rule`);
  return rest.reduce((best, rule) => (rule.years > best.years ? rule : best), first);
}

/** The shortest that an institution may set. */
export const leastYears = (kind: KeptKind): BuiltInRule =>
  kind.rules.reduce((best, rule) => (rule.years > best.years ? rule : best), kind.rules[0] ?? FIVE_YEARS);

export const OWN_RULE = 'institution';
/** What a row says of itself: a term that it was given, or something that is not over. */
export const ROW_RULE = 'record';

/** The digest of a row as it stands; its sealed columns included, so that it tells nothing of them. For the statement of a kind. */
export const digestOf = (alias: string): string => `sha256(convert_to(to_jsonb(${alias})::text, 'UTF8'))`;
