export const APPROVER_ROLES = ['complaint-supervisor', 'head-office-approver'] as const;
export type ApproverRole = (typeof APPROVER_ROLES)[number];

/** A row of the matrix: where all that it names is so, it asks for its approvers. */
export interface MatrixRow {
  /** The money is more than this, in `currency`. */
  readonly amountAbove: string | null;
  readonly currency: string;
  readonly severity: 'serious' | null;
  readonly major: boolean;
  /** One of the areas of the pact, or a category. */
  readonly area: string | null;
  readonly role: ApproverRole;
  readonly approvers: number;
}

/** What a decision is, for the matrix. */
export interface Weight {
  readonly amount: string | null;
  readonly currency: string | null;
  readonly severity: 'ordinary' | 'serious';
  readonly major: boolean;
  readonly areas: readonly string[];
}

/** Who has to approve; null: nobody. `row`: which row asks for it. */
export interface Need {
  readonly role: ApproverRole;
  readonly approvers: number;
  readonly row: number;
}

const row = (more: Partial<MatrixRow> & Pick<MatrixRow, 'role'>): MatrixRow => ({
  amountAbove: null,
  currency: 'CNY',
  severity: null,
  major: false,
  area: null,
  approvers: 1,
  ...more,
});

/**
 * Before an institution has one of its own: up to 1,000 yuan and nothing serious nobody; above, or where something serious is decided, a supervisor;
 * above 50,000 or of a major complaint head office, above 500,000 two of it. No instrument gives the numbers; that there are four eyes is the bank's own control.
 */
export const DEFAULT_MATRIX: readonly MatrixRow[] = [
  row({ amountAbove: '1000', role: 'complaint-supervisor' }),
  row({ amountAbove: '50000', role: 'head-office-approver' }),
  row({ amountAbove: '500000', role: 'head-office-approver', approvers: 2 }),
  row({ severity: 'serious', role: 'complaint-supervisor' }),
  row({ major: true, role: 'head-office-approver' }),
];

/** Ten thousandths, so that amounts are compared as they are written. */
const units = (amount: string): bigint => {
  const [whole = '0', part = ''] = amount.split('.');
  return BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0').slice(0, 4));
};

function isMet(rule: MatrixRow, { amount, currency, severity, major, areas }: Weight): boolean {
  if (rule.severity !== null && severity !== rule.severity) return false;
  if (rule.major && !major) return false;
  if (rule.area !== null && !areas.includes(rule.area)) return false;
  if (rule.amountAbove === null) return true;
  // Of money in another currency nobody can say that it is little.
  return amount !== null && units(amount) > 0n && (currency !== rule.currency || units(amount) > units(rule.amountAbove));
}

const rank = ({ role, approvers }: Pick<MatrixRow, 'role' | 'approvers'>): number => (role === 'head-office-approver' ? 10 : 0) + approvers;

/** The strictest of the rows that apply. */
export function needOf(rows: readonly MatrixRow[], weight: Weight): Need | null {
  let need: Need | null = null;
  for (const [index, rule] of rows.entries()) {
    if (!isMet(rule, weight) || (need !== null && rank(rule) <= rank(need))) continue;
    need = { role: rule.role, approvers: rule.approvers, row: index };
  }
  return need;
}
