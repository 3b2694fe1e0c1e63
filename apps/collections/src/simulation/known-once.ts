import type { Tx } from '#pg';
import type { LogRow } from '../lookback/log-row.ts';
import type { LookbackRegister } from '../lookback/lookback.register.ts';
import type { Registered, RegisteredAgency, RegisteredCase } from '../lookback/register.ts';

// Some kilobytes each. The same debtors are called day after day: what was asked for is wanted again.
const MOST_CASES = 10_000;
// A column of garbage must not fill the memory.
const MOST_AGENCIES = 10_000;

/** Whom `kept` does not know yet; makes room for them first. */
function unknownTo<T>(kept: Map<string, T>, ids: readonly (string | null)[], most: number): string[] {
  if (kept.size > most) kept.clear();
  return [...new Set(ids.flatMap((id) => (id === null || kept.has(id) ? [] : [id])))];
}

/** What the register knows in one snapshot, so that each is asked for once as far as there is room. */
export class KnownOnce {
  private readonly cases = new Map<string, RegisteredCase | null>();
  private readonly agencies = new Map<string, RegisteredAgency | null>();

  constructor(
    private readonly tx: Tx,
    private readonly institutionId: string,
    private readonly register: LookbackRegister,
  ) {}

  /** What is known about the rows, until the next rows are asked about. */
  async of(rows: readonly LogRow[]): Promise<(row: LogRow) => Registered> {
    const { tx, institutionId, register, cases, agencies } = this;
    const newCases = unknownTo(
      cases,
      rows.map(({ caseId }) => caseId),
      MOST_CASES,
    );
    const newAgencies = unknownTo(
      agencies,
      rows.map(({ agencyId }) => agencyId),
      MOST_AGENCIES,
    );
    const foundCases = newCases.length === 0 ? null : await register.cases(tx, institutionId, newCases, 'tokens');
    for (const id of newCases) cases.set(id, foundCases?.get(id) ?? null);
    const foundAgencies = newAgencies.length === 0 ? null : await register.agencies(tx, institutionId, newAgencies);
    for (const id of newAgencies) agencies.set(id, foundAgencies?.get(id) ?? null);
    return ({ caseId, agencyId }) => ({
      case: caseId === null ? null : (cases.get(caseId) ?? null),
      agency: agencyId === null ? null : (agencies.get(agencyId) ?? null),
    });
  }
}
