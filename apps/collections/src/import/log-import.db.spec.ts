import { inTransaction } from '#pg';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { LOG_COLUMNS } from '../lookback/log-row.ts';
import { LogImportStore } from './log-import.store.ts';
import { readContactRow, type ContactRow } from './log-rows.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

function reported(attemptId: string, result: string): ContactRow {
  const cells: Record<string, string> = {
    attemptId,
    caseId: 'C1',
    debtorId: 'D1',
    partyId: 'P1',
    partyRole: 'debtor',
    contactPoint: '138 0000 0001',
    channel: 'voice',
    mode: 'interactive',
    purpose: 'collect',
    initiator: 'us',
    startedAt: '2026-11-21T15:01:00+08:00',
    endedAt: '2026-11-21T15:02:00+08:00',
    result,
  };
  const read = readContactRow(
    { row: 2, values: LOG_COLUMNS.map(({ name }) => cells[name] ?? '') },
    { institutionId: BANK, agencyId: null },
  );
  if ('code' in read) throw new Error(read.detail);
  return read;
}

const store = (rows: readonly ContactRow[]) =>
  inTransaction(stage.source, { institutionId: BANK }, (tx) => new LogImportStore(stage.vault).store(tx, BANK, rows));

describe('a log that names our permits', () => {
  it('says what came of them, once; what is known is not changed by a log', async () => {
    await stage.addCases([{}]);
    const permits = [(await stage.ask('C1')).id, (await stage.ask('C1')).id];
    const rows = [reported(permits[0] ?? '', 'no-answer'), reported(permits[1] ?? '', 'conversation'), reported('other', 'busy')];
    expect(await store([...rows, reported('other', 'busy')])).toEqual({ inserted: 1, updated: 2, unchanged: 1, faults: [] });
    expect(await store(rows)).toEqual({ inserted: 0, updated: 0, unchanged: 3, faults: [] });
    const changed = await store([reported(permits[0] ?? '', 'answered'), reported('other', 'answered')]);
    expect(changed).toMatchObject({ inserted: 0, updated: 0, unchanged: 0, faults: [{ code: 'conflict' }, { code: 'conflict' }] });
    const views = await Promise.all(permits.map((id) => stage.outcomes.view(principal('compliance'), id, 'en')));
    expect(views.map(({ state, outcome }) => [state, outcome?.result, outcome?.startedAt])).toEqual([
      ['closed', 'no-answer', '2026-11-21T15:01:00+08:00'],
      ['closed', 'conversation', '2026-11-21T15:01:00+08:00'],
    ]);
  });
});
