import * as fc from 'fast-check';
import { ShareService } from './share.service.ts';
import { ShareStore } from './share.store.ts';
import { EntrustmentRoom } from '../../testing/entrustment-room.ts';
import { principal, Stage } from '../../testing/stage.ts';

const manager = principal('collections-manager');
const CASES = ['C1', 'C2', 'C3', 'C4', 'C5'];

interface Step {
  readonly hours: number;
  readonly caseId: string;
  readonly what: 'a' | 'b' | 'back' | 'pay' | 'close' | 'reopen';
  readonly amount: number;
}

const steps = fc.array(
  fc.record({
    hours: fc.integer({ min: 1, max: 40 }),
    caseId: fc.constantFrom(...CASES),
    what: fc.constantFrom('a', 'b', 'back', 'pay', 'close', 'reopen'),
    amount: fc.integer({ min: 0, max: 900_000 }),
  }),
  { minLength: 1, maxLength: 14 },
);

/** What a person would count who wrote down every case every day. */
class Naive {
  private readonly cases = new Map<string, { agency: string | null; cents: number; open: boolean }>(
    CASES.map((id) => [id, { agency: null, cents: 500_000, open: true }]),
  );

  do({ caseId, what, amount }: Step): void {
    const one = this.cases.get(caseId);
    if (!one) return;
    if (what === 'a') one.agency = 'A01';
    if (what === 'b') one.agency = 'A02';
    if (what === 'back') one.agency = null;
    if (what === 'pay') one.cents = amount;
    if (what === 'close') one.open = false;
    if (what === 'reopen') one.open = true;
  }

  count(): { open: number; outside: number; openAmount: string; outsideAmount: string } {
    const open = [...this.cases.values()].filter((one) => one.open);
    const out = open.filter(({ agency }) => agency !== null);
    const sum = (some: readonly { cents: number }[]): string => (some.reduce((all, { cents }) => all + cents, 0) / 100).toFixed(2);
    return { open: open.length, outside: out.length, openAmount: sum(open), outsideAmount: sum(out) };
  }
}

async function write(stage: Stage, step: Step): Promise<void> {
  const at = stage.clock.override?.toISOString();
  const set = {
    a: `agency_id = 'A01'`,
    b: `agency_id = 'A02'`,
    back: 'agency_id = null',
    pay: `balance = ${step.amount} / 100.0`,
    close: `state = 'closed'`,
    reopen: `state = 'open'`,
  }[step.what];
  await stage.sql(
    `with said as materialized (select set_config('app.move', json_build_object('at', $2::text)::text, true))
     update collection_case set ${set} from said where case_id = $1`,
    [step.caseId, at],
  );
}

const day = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

describe('the outsourced share', () => {
  it('at the end of any day is what a plain count of the cases gives', async () => {
    const stage = await Stage.open();
    const shares = new ShareService(stage.source, stage.clock, new ShareStore());
    try {
      await fc.assert(
        fc.asyncProperty(steps, async (some) => {
          await stage.sql('delete from entrustment');
          await stage.sql('delete from contact_point');
          await stage.sql('delete from party');
          await stage.sql('delete from collection_case');
          await stage.sql('delete from portfolio_change');
          let at = Date.parse('2026-06-01T00:00:00Z');
          await stage.addCases(CASES.map((caseId, n) => ({ caseId, debtorId: `D${n}`, contactPoint: `+861380000000${n}` })));
          await stage.sql(`update portfolio_change set at = $1`, [new Date(at)]);
          const naive = new Naive();
          const want = new Map([[day(at), naive.count()]]);
          for (const step of some) {
            at += step.hours * 3_600_000;
            stage.now = new Date(at).toISOString();
            await write(stage, step);
            naive.do(step);
            want.set(day(at), naive.count());
          }
          const { points } = await shares.over(manager, { from: '2026-06-01', to: day(at) });
          let last = want.get('2026-06-01');
          for (const point of points) {
            last = want.get(point.on) ?? last;
            const [amount] = point.amounts;
            const { open, outside } = point;
            expect({ open, outside, openAmount: amount?.open ?? '0.00', outsideAmount: amount?.outside ?? '0.00' }).toEqual(last);
          }
          expect(points.at(-1)?.on).toBe(day(at));
        }),
        { numRuns: 12 },
      );
    } finally {
      await stage.close();
    }
  });

  it('by month has its last days; an agency does not see it, nor another institution', async () => {
    const stage = await Stage.open();
    const shares = new ShareService(stage.source, stage.clock, new ShareStore());
    try {
      await new EntrustmentRoom(stage).settings.find(manager);
      await stage.addCases([{ caseId: 'C1', agencyId: 'A01' }]);
      await stage.sql(`update portfolio_change set at = '2026-09-10T00:00:00Z'`);
      const { points } = await shares.over(manager, { from: '2026-08-01', to: '2026-11-10', step: 'month' });
      expect(points.map(({ on, share }) => [on, share])).toEqual([
        ['2026-09-30', 100],
        ['2026-10-31', 100],
        ['2026-11-10', 100],
      ]);
      await expect(
        shares.over(principal('collections-manager', { agencyId: 'A01' }), { from: '2026-08-01', to: '2026-11-10' }),
      ).rejects.toThrow('own figure');
      expect(await shares.over(principal('compliance', { institutionId: 'bank-2' }), { from: '2026-08-01', to: '2026-11-10' })).toEqual({
        knownSince: null,
        points: [],
      });
      await expect(shares.over(manager, { from: '2020-01-01', to: '2026-11-10' })).rejects.toThrow('request has fields');
    } finally {
      await stage.close();
    }
  });
});
