/** Why two complaints look like one. The first three say that the same person complains. */
export const LIKENESS_REASONS = [
  'same-id-number',
  'same-contact',
  'same-name-and-account',
  'same-account',
  'same-subject',
  'same-category',
  'same-agency',
] as const;
export type LikenessReason = (typeof LIKENESS_REASONS)[number];

const OF_PERSON: ReadonlySet<LikenessReason> = new Set(['same-id-number', 'same-contact', 'same-name-and-account']);
const DAY_MS = 86_400_000;

/** What of a complaint is compared; what is not known is null. */
export interface Compared {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly contact: string | null;
  readonly account: string | null;
  readonly subject: string | null;
  readonly narrative: string | null;
  readonly category: string | null;
  readonly agencyId: string | null;
  readonly receivedAt: Date;
}

/** What counts as alike in an institution. */
export interface LikenessSetting {
  readonly windowDays: number;
  readonly similarPercent: number;
}

export const DEFAULT_LIKENESS: LikenessSetting = { windowDays: 90, similarPercent: 60 };

export interface Likeness {
  readonly reasons: readonly LikenessReason[];
  readonly isSamePerson: boolean;
  /** Received within the window of each other. */
  readonly isNear: boolean;
  /** The same person on the same matter within the window. */
  readonly isLikely: boolean;
}

/** The ways in which one contact is written: a Chinese mobile number with its country and without, an address in small letters. */
export function contactForms(contact: string): readonly string[] {
  const trimmed = contact.trim();
  const digits = trimmed.replace(/[\s()-]/g, '');
  const mobile = /^(?:\+?86)?(1\d{10})$/.exec(digits)?.[1];
  return [...new Set([trimmed, ...(mobile ? [mobile, `+86${mobile}`] : [digits]), trimmed.toLowerCase()])].filter((form) => form !== '');
}

const idForms = (idNumber: string): readonly string[] => [...new Set([idNumber.trim(), idNumber.trim().toUpperCase()])].filter(Boolean);
export const numberForms = idForms;

function pairsOf(text: string): Map<string, number> {
  const letters = [...text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '')];
  const pairs = new Map<string, number>();
  for (const [at, letter] of letters.entries()) {
    const next = letters[at + 1];
    if (next !== undefined) pairs.set(letter + next, (pairs.get(letter + next) ?? 0) + 1);
  }
  return pairs;
}

/** How alike two texts are, from 0 to 100: the pairs of letters that both have, of all (Dice). Two empty ones are not alike. */
export function similarity(one: string, other: string): number {
  const [left, right] = [pairsOf(one), pairsOf(other)];
  const size = (pairs: Map<string, number>): number => [...pairs.values()].reduce((sum, n) => sum + n, 0);
  const total = size(left) + size(right);
  if (total === 0) return 0;
  const common = [...left].reduce((sum, [pair, n]) => sum + Math.min(n, right.get(pair) ?? 0), 0);
  return Math.round((200 * common) / total);
}

const meet = (one: string | null, other: string | null, forms: (text: string) => readonly string[]): boolean =>
  one !== null && other !== null && forms(one).some((form) => forms(other).includes(form));
const equal = (one: string | null, other: string | null): boolean => one !== null && one !== '' && one === other;
const alike = (one: string | null, other: string | null, percent: number): boolean =>
  one !== null && other !== null && similarity(one, other) >= percent;

/** CMP20 18: the same person, the same matter, within a while. Complaints that name two accounts are about two matters. */
export function likenessOf(one: Compared, other: Compared, { windowDays, similarPercent }: LikenessSetting): Likeness {
  const sameAccount = equal(one.account, other.account);
  const otherAccount = one.account !== null && other.account !== null && !sameAccount;
  const sameSubject = alike(one.subject, other.subject, similarPercent) || alike(one.narrative, other.narrative, similarPercent);
  const holds: Readonly<Record<LikenessReason, boolean>> = {
    'same-id-number': meet(one.idNumber, other.idNumber, idForms),
    'same-contact': meet(one.contact, other.contact, contactForms),
    'same-name-and-account': sameAccount && equal(one.name, other.name),
    'same-account': sameAccount,
    'same-subject': sameSubject,
    'same-category': equal(one.category, other.category),
    'same-agency': equal(one.agencyId, other.agencyId),
  };
  const reasons = LIKENESS_REASONS.filter((reason) => holds[reason]);
  const isSamePerson = reasons.some((reason) => OF_PERSON.has(reason));
  const isNear = Math.abs(one.receivedAt.getTime() - other.receivedAt.getTime()) <= windowDays * DAY_MS;
  return { reasons, isSamePerson, isNear, isLikely: isSamePerson && isNear && !otherAccount && (sameAccount || sameSubject) };
}
