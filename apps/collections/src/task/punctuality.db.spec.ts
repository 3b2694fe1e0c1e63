import fc from 'fast-check';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { TaskRoom } from '../../testing/task-room.ts';

let stage: Stage;
let room: TaskRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new TaskRoom(stage);
});
afterAll(() => stage.close());

interface Row {
  readonly role: 'agent' | 'agency-supervisor' | 'collections-manager';
  readonly agency: string | null;
  readonly person: string | null;
  readonly openedHour: number;
  readonly limitHours: number;
  readonly doneHour: number | null;
  readonly doneBy: string;
}

const START = Date.parse('2026-10-01T00:00:00+08:00');
const HOUR = 3_600_000;
const NOW_HOUR = 24 * 40;
const at = (hour: number): Date => new Date(START + hour * HOUR);

const rows = fc.array(
  fc.record({
    role: fc.constantFrom('agent' as const, 'agency-supervisor' as const, 'collections-manager' as const),
    agency: fc.constantFrom('a', 'b', null),
    person: fc.constantFrom('p1', 'p2', null),
    openedHour: fc.integer({ min: 0, max: NOW_HOUR - 1 }),
    limitHours: fc.integer({ min: 1, max: 200 }),
    doneHour: fc.option(fc.integer({ min: 0, max: NOW_HOUR }), { nil: null }),
    doneBy: fc.constantFrom('p1', 'p2', 'system:recall'),
  }),
  { maxLength: 60 },
);
const PERIOD = { from: '2026-10-05', to: '2026-10-30' };
const inPeriod = (hour: number): boolean => hour >= 4 * 24 && hour < 30 * 24;

/** As somebody would count by hand. */
function counted(all: readonly Row[]) {
  const done = all.filter(({ doneHour, doneBy }) => doneHour !== null && inPeriod(doneHour) && !doneBy.startsWith('system:'));
  const overdue = all.filter(
    ({ doneHour, openedHour, limitHours }) => doneHour === null && openedHour + limitHours < NOW_HOUR && inPeriod(openedHour + limitHours),
  );
  const dues = done.map(({ openedHour, limitHours, doneHour }) => [doneHour ?? 0, openedHour + limitHours] as const);
  const hours = done.map(({ openedHour, doneHour }) => (doneHour ?? 0) - openedHour).toSorted((a, b) => a - b);
  const percentile = (share: number): number | null => {
    if (hours.length === 0) return null;
    const place = share * (hours.length - 1);
    const [low = 0, high = 0] = [hours[Math.floor(place)], hours[Math.ceil(place)]];
    return Math.round((low + (high - low) * (place - Math.floor(place))) * 100) / 100;
  };
  return {
    inTime: dues.filter(([end, due]) => end <= due).length,
    late: dues.filter(([end, due]) => end > due).length,
    openOverdue: overdue.length,
    extended: 0,
    medianHours: percentile(0.5),
    p90Hours: percentile(0.9),
  };
}

const insert = async (all: readonly Row[]): Promise<void> => {
  await stage.sql('delete from task');
  const tasks = all.map((row, index) => ({
    resource: `case/${index}`,
    role: row.role,
    agency: row.agency,
    person: row.person,
    opened: at(row.openedHour),
    due: at(row.openedHour + row.limitHours),
    done: row.doneHour === null ? null : at(row.doneHour),
    by: row.doneHour === null ? null : row.doneBy,
  }));
  await stage.sql(
    `insert into task (institution_id, kind, resource, role, agency_id, person, opened_at, due_at, remind_at, done_at, done_by)
     select $1, 'take-back-case', resource, role, agency, person, opened, due, due, done, by
     from json_to_recordset($2) as r(resource text, role text, agency text, person text, opened timestamptz, due timestamptz, done timestamptz, by text)`,
    [BANK, JSON.stringify(tasks)],
  );
};

const finished = (row: Row): Row => ({ ...row, doneHour: row.doneHour === null ? null : Math.max(row.doneHour, row.openedHour) });
const ofAgencies = ({ role, agency }: Row): boolean => role !== 'collections-manager' && agency !== null;
const whoOf = ({ doneHour, doneBy, person }: Row): string | null => (doneHour === null ? person : doneBy);

describe('punctuality', () => {
  it('is what one would count by hand: for the bank, an agency, a person', async () => {
    stage.clock.override = at(NOW_HOUR);
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const all = given.map(finished);
        await insert(all);
        const bank = await room.punctuality.find(principal('compliance'), { ...PERIOD, by: 'agency' });
        expect(bank.total).toEqual({ key: null, ...counted(all) });
        for (const { key, ...row } of bank.rows) expect(row).toEqual(counted(all.filter(({ agency }) => agency === key)));
        const agency = await room.punctuality.find(principal('agency-supervisor', { agencyId: 'a' }), { ...PERIOD, by: 'person' });
        const ofA = all.filter((row) => ofAgencies(row) && row.agency === 'a');
        expect(agency).toMatchObject({ own: false, total: counted(ofA) });
        for (const { key, ...row } of agency.rows) expect(row).toEqual(counted(ofA.filter((each) => whoOf(each) === key)));
        const own = await room.punctuality.find(principal('agent', { subject: 'p1' }), PERIOD);
        expect(own).toMatchObject({ own: true, total: counted(all.filter((row) => whoOf(row) === 'p1')) });
      }),
      { numRuns: 40 },
    );
  });

  it('is of the own institution alone, and of days that follow each other', async () => {
    const stranger = await room.punctuality.find(principal('compliance', { institutionId: 'bank-2' }), PERIOD);
    expect(stranger.rows).toEqual([]);
    for (const wrong of [
      { from: '2026-10-02', to: '2026-10-01' },
      { from: '2020-01-01', to: '2026-10-01' },
    ])
      await expect(room.punctuality.find(principal('compliance'), wrong)).rejects.toMatchObject({ kind: { code: 'invalid' } });
  });

  it('says whose time was moved', async () => {
    await stage.sql('delete from task');
    stage.now = '2026-10-10T09:00:00+08:00';
    const id = await room.open({ kind: 'take-back-case', resource: 'case/moved' });
    await room.moves.extend(principal('compliance'), id, { dueAt: '2026-10-12T09:00:00+08:00', reason: '等待' }, null);
    stage.now = '2026-10-13T09:00:00+08:00';
    const { total } = await room.punctuality.find(principal('collections-manager'), PERIOD);
    expect(total).toMatchObject({ openOverdue: 1, extended: 1, medianHours: null });
  });
});
