import type { Tx } from '#pg';
import type { LogRow } from '../lookback/log-row.ts';
import type { LookbackRegister } from '../lookback/lookback.register.ts';
import type { Registered, RegisteredAgency } from '../lookback/register.ts';

// A column of garbage must not fill the memory.
const MOST_AGENCIES = 10_000;

/** What the register knows, asked for once a batch; agencies are few, and each is asked for once. */
export class KnownOnce {
  private readonly agencies = new Map<string, RegisteredAgency | null>();

  constructor(
    private readonly tx: Tx,
    private readonly institutionId: string,
    private readonly register: LookbackRegister,
  ) {}

  async of(rows: readonly LogRow[]): Promise<(row: LogRow) => Registered> {
    const caseIds = [...new Set(rows.flatMap(({ caseId }) => caseId ?? []))];
    const cases = caseIds.length === 0 ? null : await this.register.cases(this.tx, this.institutionId, caseIds, 'tokens');
    if (this.agencies.size > MOST_AGENCIES) this.agencies.clear();
    const fresh = [...new Set(rows.flatMap(({ agencyId }) => (agencyId === null || this.agencies.has(agencyId) ? [] : [agencyId])))];
    const agencies = fresh.length === 0 ? null : await this.register.agencies(this.tx, this.institutionId, fresh);
    for (const id of fresh) this.agencies.set(id, agencies?.get(id) ?? null);
    return ({ caseId, agencyId }) => ({
      case: caseId === null ? null : (cases?.get(caseId) ?? null),
      agency: agencyId === null ? null : (this.agencies.get(agencyId) ?? null),
    });
  }
}
