import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyEvidence, type Finding, type ReportSummary } from '#evidence-check';
import { EvidenceService, Sealer } from '#evidence-log';
import { ReportRunner, ReportService, ReportStore, type ReportKind } from '#reports';
import { UploadService, UploadStore } from '#uploads';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { uploadUse } from '../uploads.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { TimelinessReport } from './timeliness.report.ts';

const compliance = principal('compliance');

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await Stage.open();
  folder = await mkdtemp(join(tmpdir(), 'verified-'));
  const registered: string[] = [];
  for (const day of ['01', '02', '03']) {
    stage.now = `2026-11-${day}T15:00:00+08:00`;
    registered.push((await stage.register()).id);
  }
  stage.now = '2026-11-10T15:00:00+08:00';
  for (const id of registered.slice(0, 2)) await stage.decide(id);
  stage.now = '2026-11-11T15:00:00+08:00';
  await stage.tell(registered[0] ?? '');
  stage.now = '2026-12-01T09:00:00+08:00';
  const sealer = new Sealer(stage.source, { evidenceKeyDays: 365 }, 'complaints', stage.vault);
  await sealer.sealAll();
  const uploads = new UploadService(new UploadStore(stage.source, stage.vault, uploadUse));
  const kinds = new Map<string, ReportKind>([['complaint-timeliness', new TimelinessReport(new ReportRowsStore())]]);
  const service = new ReportService(stage.source, new ReportStore(), uploads, kinds);
  const period = { from: '2026-11-01', to: '2026-11-30' };
  const { id } = await service.create(compliance, { kind: 'complaint-timeliness', period, formats: ['json'] }, null);
  await new ReportRunner(stage.source, stage.clock, new ReportStore(), uploads, kinds).run(BANK, id);
  await sealer.sealAll();
  for (const name of ['report.json', 'rows.csv']) {
    const parts: Buffer[] = [];
    for await (const part of (await service.file(compliance, id, name)).open()) parts.push(part);
    await writeFile(join(folder, name), Buffer.concat(parts));
  }
  const log = new EvidenceService(stage.source, stage.vault, 'complaints');
  const lines: string[] = [];
  for await (const piece of (await log.export(compliance, {}, 'r')).lines) lines.push(piece);
  await writeFile(join(folder, 'export.ndjson'), lines.join(''));
  await writeFile(join(folder, 'key.pem'), (await log.publicKeys(compliance)).items.map(({ publicKey }) => publicKey).join('\n'));
  await writeFile(
    join(folder, 'hole.ndjson'),
    lines
      .join('')
      .split('\n')
      .filter((line) => !(line.includes('"kind":"clock-event"') && line.includes('"type":"told"')))
      .join('\n'),
  );
});
afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true });
});

async function verify(exported: string) {
  const said: string[] = [];
  const args = [exported, '--key', 'key.pem', '--report', 'report.json', '--rows', 'rows.csv'].map((one) =>
    one.includes('.') ? join(folder, one) : one,
  );
  const exit = await verifyEvidence([...args, '--json'], {
    out: (line) => void said.push(line),
    error: (text) => void said.push(JSON.stringify(text)),
  });
  const lines = said.map((line) => JSON.parse(line) as Finding | { report?: ReportSummary });
  return {
    exit,
    findings: lines.filter((line): line is Finding => 'problem' in line),
    report: lines.flatMap((line) => ('report' in line && line.report ? [line.report] : []))[0],
  };
}

it('finds the figures of complaints in the records of their clocks', async () => {
  const { exit, findings, report } = await verify('export.ndjson');
  expect([findings, exit]).toEqual([[], 0]);
  expect(report?.fromRecords).toBeGreaterThan(50);
  expect(Object.keys(report?.notChecked ?? {})).toEqual(
    expect.arrayContaining([expect.stringMatching(/^not from records: they do not hold/)]),
  );
});

it('names the figures of a notice that is missing in the log', async () => {
  const { exit, findings } = await verify('hole.ndjson');
  expect(exit).toBe(1);
  const figures = findings.flatMap(({ figure }) => (figure ? [`${figure.id} ${figure.said} ${figure.found}`] : []));
  expect(figures).toEqual(expect.arrayContaining(['within-15 1 0', 'met 1 0']));
  expect(figures.some((one) => one.startsWith('received '))).toBe(false);
});
