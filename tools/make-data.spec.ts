import { readFile } from 'node:fs/promises';
import { bufferSource, readTable } from '#tabular';
import { SAMPLE, sampleLines, type MadeKind } from './make-data.ts';
import {
  asDelivered,
  caseColumns,
  collectors,
  contactLogColumns,
  makeCases,
  makeContactLog,
  type CaseRow,
  type PlannedRow,
} from './make-data/index.ts';

const fileOf = (kind: MadeKind, rows: number): string => [...sampleLines(kind, { ...SAMPLE, rows })].join('\n') + '\n';
const demo = { seed: 1, rows: 20_000, days: 30, until: '2026-11-20', cases: 2_000 };

describe('the samples', () => {
  it('are what the generator makes', async () => {
    expect(fileOf('contact-log', 10_000) === (await readFile('docs/samples/calls.csv', 'utf8'))).toBe(true);
    for (const kind of ['cases', 'agencies', 'agency-staff'] as const)
      expect(fileOf(kind, 50)).toBe(await readFile(`docs/samples/${kind}.csv`, 'utf8'));
  });

  it('read without a fault', async () => {
    let rows = 0;
    const required = contactLogColumns.map((name) => ({ name, required: true }));
    for await (const batch of readTable(bufferSource(Buffer.from(fileOf('contact-log', 10_000))), required)) {
      expect(batch.errors).toEqual([]);
      rows += batch.rows.length;
    }
    expect(rows).toBe(10_000);
  });
});

describe('cases', () => {
  const mayBeEmpty: readonly string[] = ['agencyId', 'referralNoticeAt'];
  const rows: CaseRow[] = [...makeCases(demo)];

  it('has the cases, debtors and collectors asked for', () => {
    expect(collectors).toHaveLength(40);
    expect(new Set(rows.map((row) => row.caseId)).size).toBe(2_000);
    expect(new Set(rows.map((row) => row.debtorId)).size).toBeLessThan(1_700);
    expect(new Set(rows.map((row) => row.agencyId))).toEqual(new Set(['', 'agency-a', 'agency-b', 'agency-c', 'agency-d']));
    expect(new Set(rows.map((row) => row.partyRole))).toEqual(new Set(['debtor', 'related', 'guarantor']));
    expect(rows.filter((row) => caseColumns.some((column) => !mayBeEmpty.includes(column) && row[column] === ''))).toEqual([]);
  });

  it('has nobody in it: no id number passes its checksum, no mobile has an assigned prefix', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const passes = ({ idNumber }: CaseRow): boolean => {
      const sum = weights.reduce((total, weight, at) => total + weight * Number(idNumber[at]), 0);
      return !/^990\d{14}[\dX]$/.test(idNumber) || '10X98765432'.charAt(sum % 11) === idNumber.charAt(17);
    };
    expect(rows.filter(passes)).toEqual([]);
    expect(
      rows.filter(({ contactPoint, contactChannel }) => contactChannel === 'voice' && !/^\+86(154|26)\d{8}$/.test(contactPoint)),
    ).toEqual([]);
  });
});

describe('contact log', () => {
  const planned: PlannedRow[] = [...makeContactLog(demo)];

  it('has exactly the rows asked for, in order, of the cases there are, up to the last day', () => {
    expect(planned).toHaveLength(20_000);
    const starts = planned.map(({ row }) => row.startedAt);
    expect(starts).toEqual(starts.toSorted());
    expect([starts[0]?.slice(0, 10), starts.at(-1)?.slice(0, 10)]).toEqual(['2026-10-22', '2026-11-20']);
    const known = new Set(
      [...makeCases(demo)].map((row) => `${row.caseId} ${row.debtId} ${row.debtorId} ${row.partyId} ${row.contactPoint} ${row.timeZone}`),
    );
    const wrong = planned.filter(({ row }) => {
      const key = `${row.caseId} ${row.debtId} ${row.debtorId} ${row.partyId} ${row.contactPoint} ${row.timeZone}`;
      return !known.has(key) || row.endedAt <= row.startedAt || row.result === '';
    });
    expect(wrong).toEqual([]);
  });

  it('has a small share of each fault and, beside the planned ones, none of the daily caps', () => {
    const breaches = Map.groupBy(planned, ({ breach }) => breach ?? 'none');
    expect([...breaches.keys()].toSorted()).toEqual([
      'attempts-per-point',
      'burst',
      'conversations-per-debtor',
      'none',
      'party-stop',
      'party-target',
      'quiet-hours',
      'visit-team',
    ]);
    expect((breaches.get('none')?.length ?? 0) / planned.length).toBeGreaterThan(0.93);
    const ours = planned.filter(({ row }) => row.initiator === 'us' && row.channel === 'voice');
    const unanswered = ours.filter(({ row }) =>
      ['no-answer', 'busy', 'voicemail', 'not-in-service', 'invalid-number'].includes(row.result),
    );
    const tooMany = [...Map.groupBy(unanswered, ({ row }) => `${row.contactPoint} ${row.startedAt.slice(0, 10)}`).values()].filter(
      (rows) => rows.length > 6,
    );
    expect(tooMany.length).toBeGreaterThan(0);
    for (const rows of tooMany) expect(rows.every(({ breach }) => breach === 'attempts-per-point')).toBe(true);
    const bursts = [...Map.groupBy(ours, ({ row }) => row.debtorId).values()].flatMap((rows) =>
      rows.filter((last, at) => {
        const third = rows[at - 3];
        return third !== undefined && Date.parse(last.row.startedAt) - Date.parse(third.row.startedAt) < 3_600_000;
      }),
    );
    expect(bursts.length).toBeGreaterThan(0);
    for (const { breach } of bursts) expect(breach).toBe('burst');
  });

  it('comes as delivered: one actor after the other', () => {
    const small = { ...demo, rows: 1_000 };
    const delivered = [...asDelivered(small)];
    expect(delivered.map(({ row }) => row.attemptId).toSorted()).toEqual([...makeContactLog(small)].map(({ row }) => row.attemptId));
    expect(delivered.map(({ agencyId }) => agencyId).filter((agencyId, at, all) => agencyId !== all[at - 1])).toEqual([
      null,
      'agency-a',
      'agency-b',
      'agency-c',
    ]);
  });
});
