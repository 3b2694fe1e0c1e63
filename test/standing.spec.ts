import { Installation, type Reply, type Who } from './harness.ts';
import { freshCase, type AttemptBody } from './rows.ts';
import { eventually } from './start/running.ts';

// An agency that may not contact any more, while its collectors ask for permits over two real processes.

let bank: Installation;
const MANAGER: Who = { role: 'collections-manager' };
const AGENCIES = ['A01', 'A02', 'A03'];
const agent = (agencyId: string): Who => ({ role: 'agent', agencyId, subject: 'k1' });

const done = ({ status, text, json }: Reply): Reply['json'] => {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return json;
};
const staff = (rows: readonly string[]): Promise<unknown> =>
  bank.import('agency-staff', ['institutionId,agencyId,collectorId,name,certificateUntil,deviceIds,status', ...rows, ''].join('\n'));

beforeAll(async () => {
  bank = await Installation.open({ servers: 2 });
  const header = 'institutionId,agencyId,name,licence,status,published,contractFrom,contractTo,lastEvaluatedOn,phone,address';
  await bank.import(
    'agencies',
    [header, ...AGENCIES.map((id) => `,${id},${id} 催收,L1,active,true,2020-01-01,2099-12-31,2026-10-01,0451-1,`), ''].join('\n'),
  );
  await staff(AGENCIES.flatMap((id) => [`,${id},k1,王五,2099-12-31,t1,`, `,${id},k2,赵六,2099-12-31,t2,`]));
});
afterAll(() => bank.close());

// The one clock for all processes.
const clock = async (): Promise<Date> =>
  (await bank.admin.query<{ now: Date }>('select clock_timestamp() as now')).rows[0]?.now ?? new Date(0);

/** Asks again and again over both processes, until told to stop; what was answered, with the instant at which the answer was there. */
async function load(agencyId: string, more: Partial<AttemptBody> & Record<string, unknown>) {
  const attempts = await bank.cases(Array.from({ length: 400 }, () => freshCase({ agencyId })));
  const token = await bank.issuer.token(agent(agencyId));
  const answers: Reply['json'][] = [];
  const ending = new AbortController();
  let next = 0;
  const one = async (server: number): Promise<void> => {
    while (!ending.signal.aborted) {
      const attempt = attempts[next++ % attempts.length];
      if (attempt) answers.push(done(await bank.ask({ ...attempt, collectorIds: ['k1'], deviceId: 't1', ...more }, { server, as: token })));
    }
  };
  const running = Promise.all(Array.from({ length: 12 }, (_, index) => one(index % 2)));
  return { answers, stop: () => (ending.abort(), running) };
}

const permits = (answers: readonly Reply['json'][]): Reply['json'][] => answers.filter(({ verdict }) => verdict === 'permitted');

/** What happens to the permits of the agency when `act` is done in the middle of the load: none is dated after it, all that were open are taken back. */
async function during(agencyId: string, more: Record<string, unknown>, act: () => Promise<unknown>, reason: string): Promise<void> {
  const asking = await load(agencyId, more);
  let before = new Date();
  try {
    await eventually('permits are given', () => permits(asking.answers).length > 50);
    await act();
    before = await clock();
    const answered = asking.answers.length;
    await eventually('both processes answer on', () => asking.answers.length > answered + 100);
  } finally {
    await asking.stop();
  }
  const given = permits(asking.answers);
  expect(given.length).toBeGreaterThan(50);
  // Not within a second of it: none at all once it has been answered.
  expect(given.filter(({ decidedAt }) => Date.parse(decidedAt) > before.getTime())).toEqual([]);
  const { rows } = await bank.admin.query(
    `select count(*)::int as permits, count(*) filter (where revoked_reason = $2 and revoked_at >= at)::int as revoked,
       count(distinct revoked_at)::int as instants, count(*) filter (where result is null and lapses_at > revoked_at)::int as reserved
     from contact where agency_id = $1 and $3 = any(collector_ids)`,
    [agencyId, reason, (more.collectorIds as string[] | undefined)?.[0] ?? 'k1'],
  );
  expect(rows).toEqual([{ permits: given.length, revoked: given.length, instants: 1, reserved: 0 }]);
  const view = done(await bank.call(`/v1/contact-attempts/${given.at(-1)?.id}`, { as: agent(agencyId), server: 1 }));
  expect(view).toMatchObject({ state: 'revoked', revocation: { reason } });
}

it('that is suspended gets no permit any more, those it has are taken back, and it is off the published list at once', async () => {
  const listed = async (server: number): Promise<string[]> =>
    done(await bank.call('/v1/published-agencies?institutionId=bank-1', { as: null, server })).items.map(
      ({ agencyId }: { agencyId: string }) => agencyId,
    );
  expect(await listed(1)).toContain('A01');
  await during(
    'A01',
    {},
    async () => {
      done(await bank.call('/v1/agencies/A01/standing', { as: MANAGER, body: { status: 'suspended', reason: '夜间拨打' } }));
      expect([await listed(0), await listed(1)].flat()).not.toContain('A01');
    },
    'agency-barred',
  );
});

it('whose work tool is retired gets no permit for it any more', async () => {
  await during('A02', {}, () => staff([',A02,k1,王五,2099-12-31,t9,']), 'device-retired');
});

it('whose collector has left gets no permit for them any more; a colleague’s are left alone', async () => {
  await during('A03', { collectorIds: ['k2'], deviceId: 't2' }, () => staff([',A03,k2,赵六,2099-12-31,t2,left']), 'collector-left');
});
