import type { Chance } from './random-portfolio.ts';
import type { Stage } from './stage.ts';

export interface RandomComplaint {
  readonly agency: string | null;
  readonly account: string;
  readonly at: Date;
  readonly outcome: string | null;
  readonly decided: Date;
  readonly withdrawn: boolean;
  readonly cause: string | null;
  readonly confirmed: Date;
}

/** Complaints as the desk tells of them, with what came of each and what it was found to be caused by. */
export async function addComplaints(
  stage: Stage,
  chance: Chance,
  { agencies, cases, instant }: { readonly agencies: readonly [string, ...string[]]; readonly cases: number; readonly instant: () => Date },
): Promise<RandomComplaint[]> {
  const complaints: RandomComplaint[] = [];
  for (let n = 0; n < 120; n += 1) {
    const kase = chance.upTo(cases);
    const given: RandomComplaint = {
      agency: chance.is(0.3) ? chance.pick(agencies) : null,
      account: chance.pick([`C${kase}`, `L${kase}`]),
      at: instant(),
      outcome: chance.pick([null, 'upheld', 'partly-upheld', 'not-upheld']),
      decided: instant(),
      withdrawn: chance.is(0.1),
      // `none`: nothing of collection caused it.
      cause: chance.pick([null, null, 'none', ...agencies]),
      confirmed: instant(),
    };
    complaints.push(given);
    const [row] = await stage.sql<{ id: string }>(
      `insert into complaint_file (institution_id, complaint_id, version, number, account, agency_id, received_at, from_at, decided_at, outcome, withdrawn_at, told_at)
       values ('bank-1', uuidv7(), 1, $1, $2, $3, $4, $4, $5, $6, $7, now()) returning complaint_id as id`,
      [
        String(n),
        given.account,
        given.agency,
        given.at,
        given.outcome === null ? null : given.decided,
        given.outcome,
        given.withdrawn ? given.at : null,
      ],
    );
    if (given.cause !== null)
      await stage.sql(
        `insert into complaint_cause (id, institution_id, complaint_id, number, kind, target, agency_id, confirmed_at) values (uuidv7(), 'bank-1', $1, $2, $3, $4, $4, $5)`,
        [row?.id, String(n), given.cause === 'none' ? 'none' : 'agency', given.cause === 'none' ? null : given.cause, given.confirmed],
      );
  }
  return complaints;
}
