import { inTransaction, type Tx } from '#pg';
import { BANK, Stage } from '../../testing/stage.ts';
import { StandingRoom } from '../../testing/standing-room.ts';
import { AGENCY_STATUSES, standingOn } from '../agency/standing.ts';
import type { StandingChanges } from './standing.service.ts';

let stage: Stage;
let room: StandingRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new StandingRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const inBank = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(stage.source, { institutionId: BANK }, work);
const change = (agencyId: string, changes: StandingChanges) => room.change(agencyId, changes);
const withCase = (agencyId: string) => room.agencyWithCase(agencyId);
const listed = (agencyId: string) => room.listed(agencyId);

describe('the published list', () => {
  it('is left at the instant of a suspension, and entered anew', async () => {
    await withCase('B1');
    stage.now = '2026-11-22T09:00:00+08:00';
    await change('B1', { status: 'suspended' });
    stage.now = '2026-11-23T09:00:00+08:00';
    await change('B1', { status: 'active' });
    const at = (day: string) => new Date(`2026-11-${day}:00:00+08:00`);
    expect(await listed('B1')).toMatchObject([
      { from: at('21T15'), until: at('22T09'), because: 'suspended' },
      { from: at('23T09'), until: null, since: at('23T09') },
    ]);
  });

  it('keeps the words as they were: a new telephone is a new row, since when it is listed stays', async () => {
    await withCase('B2');
    stage.now = '2026-11-22T09:00:00+08:00';
    await stage.sql(`update agency set phone = '0451-1' where agency_id = 'B2'`);
    const refresh = () => inBank((tx) => room.listings.refresh(tx, BANK, ['B2'], new Date('2026-11-22T09:00:00+08:00')));
    await refresh();
    await refresh();
    const begun = new Date('2026-11-21T15:00:00+08:00');
    expect(await listed('B2')).toMatchObject([
      { phone: null, because: null, since: begun },
      { phone: '0451-1', until: null, since: begun },
    ]);
  });

  it('knows beforehand when a contract begins and ends', async () => {
    await withCase('B3');
    await change('B3', { contractFrom: '2026-12-01', contractTo: '2026-12-31' });
    const [, next] = await stage.sql<{ from: Date; expires: Date }>(
      `select from_at as from, expires_at as expires from agency_publication where agency_id = 'B3' order by id`,
    );
    expect(next).toEqual({ from: new Date('2026-12-01T00:00:00+08:00'), expires: new Date('2027-01-01T00:00:00+08:00') });
    // It is called off before it begins: it was never there.
    await change('B3', { published: false });
    expect((await listed('B3')).at(-1)).toMatchObject({ from: next?.from, until: next?.from });
    expect((await listed('B3'))[0]).toMatchObject({ because: 'contract-not-begun' });
  });
});

it('says in SQL what the list says in words', async () => {
  const days = [null, '2026-11-20', '2026-11-21', '2026-11-22'];
  const all = AGENCY_STATUSES.flatMap((status) =>
    [true, false].flatMap((published) =>
      days.flatMap((contractFrom) => days.map((contractTo) => ({ status, published, contractFrom, contractTo, lastEvaluatedOn: null }))),
    ),
  );
  const rows = await stage.sql<{ barred: boolean }>(
    `select agency_barred(status, published, "contractFrom", "contractTo", '2026-11-21') as barred
     from json_to_recordset($1) as r(status text, published boolean, "contractFrom" date, "contractTo" date, n integer) order by n`,
    [JSON.stringify(all.map((facts, n) => ({ ...facts, n })))],
  );
  expect(rows.map(({ barred }) => !barred)).toEqual(all.map((facts) => standingOn('2026-11-21', facts).good));
});
