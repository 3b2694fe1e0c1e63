import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyEvidence, type Finding, type ReportSummary } from '#evidence-check';
import { EvidenceService, Sealer } from '#evidence-log';
import { manager, ReportRoom } from '../../testing/report-room.ts';
import { BANK, principal } from '../../testing/stage.ts';

// An examiner has an export, the public key, a report and its rows, and nothing else of ours.

let room: ReportRoom;
let folder: string;
const path = (name: string): string => join(folder, name);

async function keep(name: string, content: string | Buffer): Promise<string> {
  await writeFile(path(name), content);
  return path(name);
}

/** What the command says; each finding as `problem figure`. */
async function verify(more: readonly string[], exported = 'export.ndjson') {
  const said: string[] = [];
  const errors: string[] = [];
  const args = [path(exported), '--key', path('key.pem'), '--json', ...more];
  const exit = await verifyEvidence(args, { out: (line) => void said.push(line), error: (text) => void errors.push(text) });
  const lines = said.map((line) => JSON.parse(line) as Finding | { report?: ReportSummary });
  const findings = lines.filter((line): line is Finding => 'problem' in line);
  const named = [
    ...new Set(
      findings.map(({ problem, figure, detail }) =>
        figure ? `${problem} ${figure.id} ${figure.said} ${figure.found}` : `${problem}: ${detail}`,
      ),
    ),
  ];
  return { exit, errors, findings, named, report: lines.flatMap((line) => ('report' in line && line.report ? [line.report] : []))[0] };
}

const withReport = (): string[] => ['--report', path('report.json'), '--rows', path('rows.csv'), '--rows', path('lookback-findings.csv')];

beforeAll(async () => {
  room = await ReportRoom.open();
  const { stage } = room;
  folder = await mkdtemp(join(tmpdir(), 'verified-'));
  await stage.sql(
    `insert into consent (institution_id, party, kind, channels, given_at, evidence)
     select $1, p.id, 'out-of-hours', '{voice}', '2026-10-01T00:00:00Z', 'e' from party p join collection_case c on c.id = p.collection_case where c.case_id = 'C1'`,
    [BANK],
  );
  stage.now = '2026-10-20T23:00:00+08:00';
  await stage.ask('C1', {}, manager);
  stage.now = '2026-11-01T00:10:00+08:00';
  const sealer = new Sealer(stage.source, { evidenceKeyDays: 365 }, 'collections', stage.vault);
  await sealer.sealAll();
  const id = await room.made();
  await sealer.sealAll();
  const service = new EvidenceService(stage.source, stage.vault, 'collections');
  const compliance = principal('compliance');
  const lines: string[] = [];
  for await (const part of (await service.export(compliance, {}, 'r')).lines) lines.push(part);
  await keep('export.ndjson', lines.join(''));
  await keep('key.pem', (await service.publicKeys(compliance)).items.map(({ publicKey }) => publicKey).join('\n'));
  for (const { name } of (await room.service.find(manager, id)).files) await keep(name, await room.content(id, name));
});
afterAll(async () => {
  await room.stage.close();
  await rm(folder, { recursive: true });
});

const report = async (): Promise<string> => readFile(path('report.json'), 'utf8');

it('finds the figures of a report in its rows and in the records, and says what it did not check', async () => {
  const { exit, named, report: checked, errors } = await verify(withReport());
  expect([errors, named, exit]).toEqual([[], [], 0]);
  expect(checked?.numbers).toBeGreaterThan(300);
  expect(checked?.fromRecords).toBeGreaterThan(250);
  expect(Object.keys(checked?.notChecked ?? {}).toSorted()).toEqual([
    'call-findings.csv was not given',
    'not from records: they do not hold call-findings.csv',
    'not from records: they do not hold lookback-findings.csv',
    'not from records: they do not hold period-before.csv',
    'not from records: they do not hold repeats.csv',
    'period-before.csv was not given',
    'repeats.csv was not given',
  ]);
});

it('names a figure that was altered in the file, by rows, by records and by the record of its making', async () => {
  const altered = (await report()).replace(/("id": "refused",[^]*?"value": )(\d+)/, '$17');
  await keep('altered.json', altered);
  const { exit, findings, named } = await verify(['--report', path('altered.json'), '--rows', path('rows.csv')]);
  expect(exit).toBe(1);
  expect(findings.filter(({ figure }) => figure?.id === 'refused').map(({ detail }) => detail)).toEqual([
    'refused: the report says 7, the rows of rows.csv 5',
    'refused: the report says 7, the record of its making 5',
    'refused: the report says 7, the records 5',
  ]);
  expect(named.filter((name) => name.startsWith('wrong-report')).map((name) => name.slice(0, 60))).toEqual([
    expect.stringMatching(/^wrong-report: its data have the digest/),
    expect.stringMatching(/^wrong-report: the file is not the one that was made/),
  ]);
});

it('names the figures that lack a row, and the file that is not the one that was made', async () => {
  const rows = (await readFile(path('rows.csv'), 'utf8')).split('\r\n');
  const at = rows.findIndex((row) => row.includes('quiet-hours') && row.includes(',refused,'));
  await rm(path('less'), { recursive: true, force: true });
  const less = await mkdtemp(join(folder, 'less-'));
  await writeFile(join(less, 'rows.csv'), rows.toSpliced(at, 1).join('\r\n'));
  const { exit, named } = await verify(['--report', path('report.json'), '--rows', join(less, 'rows.csv')]);
  expect(exit).toBe(1);
  expect(named).toEqual(
    expect.arrayContaining([
      'wrong-figure asked 11 10',
      'wrong-figure refused 5 4',
      'wrong-report: rows.csv is not the file that was made with it',
    ]),
  );
});

it('names the figures of a decision that is missing in the log, beside the hole', async () => {
  const lines = (await readFile(path('export.ndjson'), 'utf8')).split('\n');
  const refused = lines.findIndex(
    (line) => line.includes('"kind":"contact-decision"') && line.includes('"verdict":"refused"') && line.includes('2026-10-12'),
  );
  await keep('hole.ndjson', lines.toSpliced(refused, 1).join('\n'));
  const { exit, named, findings } = await verify(withReport(), 'hole.ndjson');
  expect(exit).toBe(1);
  expect(findings[0]?.problem).toBe('dropped');
  expect(named).toEqual(expect.arrayContaining(['wrong-figure asked 11 10', 'wrong-figure refused 5 4']));
  expect(named.some((name) => name.startsWith('wrong-figure permitted '))).toBe(false);
});

it('does not take a report whose making is in no record, and does not pass what a part of the log cannot say', async () => {
  const lines = (await readFile(path('export.ndjson'), 'utf8')).split('\n');
  await keep('unmade.ndjson', lines.filter((line) => !line.includes('"kind":"report-made"')).join('\n'));
  expect((await verify(withReport(), 'unmade.ndjson')).named).toEqual(
    expect.arrayContaining(['wrong-report: no record of the export says that it was made']),
  );
  const { exit, errors } = await verify(['--report', path('key.pem')]);
  expect([exit, errors[0]?.includes('key.pem')]).toEqual([2, true]);
  expect((await verify(['--rows', path('rows.csv')])).exit).toBe(2);
});
