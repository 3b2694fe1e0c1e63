import { tmpdir } from 'node:os';
import { inTransaction } from '#pg';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { PolicyService } from '../policy/policy.service.ts';
import type { UploadService } from '#uploads';
import { LookbackRegister } from './lookback.register.ts';
import { Given, LookbackRunner } from './lookback.runner.ts';
import { Intake, LookbackService } from './lookback.service.ts';
import { LookbackStore } from './lookback.store.ts';
import { LOG_COLUMNS } from './log-row.ts';

let stage: Stage;
let uploads: UploadService;
let runner: LookbackRunner;
let service: LookbackService;
const store = new LookbackStore();

beforeAll(async () => {
  stage = await Stage.open();
  uploads = stage.uploads;
  const policies = new PolicyService();
  // Only the folder for spooling is read of the configuration here.
  const config = { spoolFolder: tmpdir() } as ConstructorParameters<typeof LookbackRunner>[1];
  runner = new LookbackRunner(stage.source, config, store, new Given(uploads, new LookbackRegister(stage.vault)), policies);
  service = new LookbackService(stage.source, {} as Intake, store, policies);
});
afterAll(() => stage.close());

const row = (attemptId: string, startedAt: string, more: Record<string, string> = {}): string => {
  const cells: Record<string, string> = {
    attemptId,
    caseId: 'C1',
    debtorId: 'D1',
    debtId: 'L1',
    partyId: 'P1',
    partyRole: 'debtor',
    contactPoint: '+8613800000001',
    channel: 'voice',
    mode: 'interactive',
    purpose: 'collect',
    initiator: 'us',
    startedAt,
    result: 'no-answer',
    ...more,
  };
  return LOG_COLUMNS.map(({ name }) => cells[name] ?? '').join(',');
};

async function begin(rows: readonly string[]): Promise<string> {
  const bytes = Buffer.from([LOG_COLUMNS.map(({ name }) => name).join(','), ...rows].join('\n'));
  const upload = await uploads.keep(BANK, 'calls.csv', [bytes]);
  return inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
    await uploads.finish(tx, upload);
    const policy = new PolicyService().refOf(['cn-card']);
    const created = await store.create(tx, {
      institutionId: BANK,
      agencyId: null,
      policy,
      upload: upload.id,
      uploadBytes: upload.bytes,
      fileName: 'calls.csv',
      requestedBy: 't',
    });
    return created.id;
  });
}

async function findings(id: string): Promise<string[]> {
  let text = '';
  for await (const part of await service.findings(principal('compliance'), id, 'csv', 'en')) text += part;
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(0, 2).join(' '));
}

describe('a look-back in the service', () => {
  it('takes holds, consents and the standing of known cases from the register, as they were at the instant', async () => {
    await stage.addCases([{}, { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002', overdueSince: '2026-11-10' }]);
    await stage.sql(
      `insert into hold (institution_id, debtor, kind, from_at, until_at) select institution_id, id, 'objection-open', '2026-11-05T00:00:00+08:00', '2026-11-06T00:00:00+08:00' from debtor where debtor_id = 'D1'`,
    );
    await stage.sql(
      `insert into consent (institution_id, party, kind, channels, given_at, withdrawn_at, evidence)
       select p.institution_id, p.id, 'out-of-hours', '{voice}', '2026-11-07T00:00:00+08:00', '2026-11-08T00:00:00+08:00', 'r1'
       from party p join collection_case c on c.id = p.collection_case where c.case_id = 'C1'`,
    );
    const id = await begin([
      row('later', '2026-11-08T23:00:00+08:00'),
      row('held', '2026-11-05T10:00:00+08:00'),
      row('after-hold', '2026-11-06T10:00:00+08:00'),
      row('night-with-consent', '2026-11-07T23:00:00+08:00'),
      row('too-early', '2026-11-09T10:00:00+08:00', { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002' }),
      row('unknown-case', '2026-11-05T10:00:00+08:00', { caseId: 'C9', debtorId: 'D9', contactPoint: '138 0000 0009' }),
    ]);
    await runner.run(BANK, id);
    expect(await findings(id)).toEqual(['held objection-open', 'later quiet-hours', 'too-early case-open']);
    const view = await service.find(principal('regulator'), id, 'en');
    expect(view).toMatchObject({ state: 'done', findings: 3, rows: { read: 6, judged: 6, rejected: 0 }, withoutConsents: 1 });
    expect(view.leftOut.map(({ ruleId }) => ruleId)).toContain('cease');
  });

  it('run again from the start gives the same findings, and no more', async () => {
    const id = await begin(
      Array.from({ length: 40 }, (_, index) =>
        row(`r${index}`, `2026-10-01T10:${String(index).padStart(2, '0')}:00+08:00`, {
          caseId: '',
          debtorId: 'D7',
          contactPoint: '13800000007',
        }),
      ),
    );
    // A worker that died: its findings are there, its run is not over.
    await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
      await store.begin(tx, id, '0190b3c4-0000-7000-8000-000000000001');
      await store.addFindings(tx, BANK, id, 0, []);
    });
    await Promise.all([runner.run(BANK, id), runner.run(BANK, id)]);
    const first = await findings(id);
    expect(first).toHaveLength(37 + 34);
    await runner.run(BANK, id);
    expect(await findings(id)).toEqual(first);
  });

  it('counts one number once, however it is written', async () => {
    const written = [
      '13800000005',
      '+86 138 0000 0005',
      '0086-13800000005',
      '+8613800000005',
      '138-0000-0005',
      '8613800000005',
      '13800000005',
    ];
    const id = await begin(
      written.map((contactPoint, index) =>
        row(`w${index}`, `2026-10-02T1${index}:00:00+08:00`, { caseId: '', debtorId: 'D5', contactPoint }),
      ),
    );
    await runner.run(BANK, id);
    expect(await findings(id)).toEqual(['w6 attempts-per-point']);
  });

  it('says why a file cannot be audited', async () => {
    const upload = await begin(['x']);
    await stage.sql(`update upload_chunk set bytes_sealed = $1`, [stage.vault.seal('colour,shape\nred,round\n', 'upload')]);
    await runner.run(BANK, upload);
    const view = await service.find(principal('compliance'), upload, 'en');
    expect(view.state).toBe('failed');
    expect(view.errors[0]).toMatchObject({ code: 'columns', row: 1 });
    await expect(service.findings(principal('compliance'), upload, 'csv', 'en')).rejects.toMatchObject({
      kind: { code: 'lookback-not-finished' },
    });
  });
});

it('asking for one and how it ended is evidence, with totals and the file’s SHA-256, and no rows', async () => {
  const id = await begin([row('E1', '2026-11-05T23:00:00+08:00')]);
  await Promise.all([runner.run(BANK, id), runner.run(BANK, id)]);
  const records = await stage.sql<{ kind: string; body: { sha256: string; findings?: number } }>(
    `select kind, body from evidence_record where body->>'lookbackId' = $1 order by id`,
    [id],
  );
  expect(records.map(({ kind }) => kind)).toEqual(['lookback-asked', 'lookback-ended']);
  expect(records[1]?.body.sha256).toBe(records[0]?.body.sha256);
  const [found] = await stage.sql<{ n: number }>('select count(*)::int as n from lookback_finding where lookback = $1', [id]);
  expect(records[1]?.body.findings).toBe(found?.n);
  expect(JSON.stringify(records)).not.toContain('13800000001');
});
