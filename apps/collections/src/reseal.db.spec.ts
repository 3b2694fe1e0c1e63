import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Sealer } from '#evidence-log';
import { inTransaction } from '#pg';
import { reseal } from '#reseal';
import { HOLD_CONTEXT } from '#retention';
import { UploadStore } from '#uploads';
import { Vault } from '#vault';
import { sealOversight } from '../testing/sealed-oversight.ts';
import { sealPortfolio } from '../testing/sealed-portfolio.ts';
import { sealQuality } from '../testing/seal-quality.ts';
import { BANK, principal, Stage } from '../testing/stage.ts';
import { CaseService } from './case/case.service.ts';
import { CaseStore } from './case/case.store.ts';
import { sealCollecting } from '../testing/sealed-collecting.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';
import { uploadUse } from './uploads.ts';

const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const indexKey = randomBytes(32).toString('base64');
const ring = { old: newKey('k1'), fresh: newKey('k2') };
const before = new Vault([ring.old], indexKey);
const during = new Vault([ring.fresh, ring.old], indexKey);
const after = new Vault([ring.fresh], indexKey);
const CASES = 1100;

let stage: Stage;
let upload: string;
const log: string[] = [];
const say = (fields: object, message: string): void => void log.push(`${message} ${JSON.stringify(fields)}`);

const content = Buffer.from('attemptId,caseId\n1,C1\n');
const caseView = (vault: Vault) =>
  new CaseService(stage.source, new CaseStore(), vault, stage.clock).find(principal('integration'), 'C7', 'r');

async function uploaded(vault: Vault): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of new UploadStore(stage.source, vault, uploadUse).source(BANK, upload, content.length * 20).open())
    parts.push(part as Buffer);
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex');
}

async function note(vault: Vault): Promise<string | undefined> {
  const [row] = await stage.sql<{ sealed: Buffer }>('select note_sealed as sealed from contact where note_sealed is not null');
  return row && vault.open(row.sealed, 'contact.note');
}

/** What the register of agencies keeps sealed: a row of each. */
async function sealRegister(): Promise<void> {
  const seal = (context: string): Buffer => before.seal('说明', context);
  const row = (table: string, values: string, sealed: readonly Buffer[]) =>
    stage.sql(`insert into ${table.replace('(', '(institution_id, agency_id, ')} values ('${BANK}', 'A1', ${values})`, sealed);
  await stage.sql('update agency_staff set id_number_sealed = $1', [seal('agency_staff.idNumber')]);
  await row('agency_profile (private_sealed, written_by, written_at)', `$1, 's', now()`, [seal('agency_profile.private')]);
  await row(
    'agency_step (kind, state, private_sealed, proposed_by, proposed_at, decided_by, decided_at, decision_sealed)',
    `'exit', 'rejected', $1, 's', now(), 't', now(), $2`,
    [seal('agency_step.private'), seal('agency_step.decision')],
  );
  await row(
    'agency_contract (contract_no, version, valid_from, valid_to, products, regions, channels, fee_terms, note_sealed, made_by, made_at)',
    `'1', 1, '2026-01-01', '2026-01-01', '{}', '{}', '{}', '{}', $1, 's', now()`,
    [seal('agency_contract.note')],
  );
  await row('agency_finding (kind, about, opened_at, reason_sealed)', `'x', 'y', now(), $1`, [seal('agency_finding.reason')]);
}

/** A row for each sealed column of what debtors promised and agreed to. */
async function sealRepayment(): Promise<void> {
  const ofCase = `select '${BANK}', id, $1, 's', now()`;
  const from = `from collection_case where case_id = 'C7' and institution_id = '${BANK}'`;
  await stage.sql(
    `insert into promise (institution_id, collection_case, note_sealed, made_by, made_at, amount, currency, due_on, grace_days, breaks_at)
     ${ofCase}, 1, 'CNY', '2026-12-01', 0, now() ${from}`,
    [before.seal('发工资后还', 'promise.note')],
  );
  await stage.sql(
    `insert into plan (institution_id, collection_case, circumstances_sealed, drafted_by, drafted_at, state, currency, terms, hardship, owed, total, months,
       first_due_on, last_due_on) ${ofCase}, 'draft', 'CNY', '{}', 'other', 1, 1, 1, '2026-12-01', '2026-12-01' ${from}`,
    [before.seal('{}', 'plan.circumstances')],
  );
}

beforeAll(async () => {
  stage = await Stage.open(before);
  // More than a batch, with a number that two cases share, in two institutions.
  const rows = Array.from({ length: CASES }, (_, n) => ({
    caseId: `C${n}`,
    debtorId: `D${n}`,
    contactPoint: `+86138${String(n >> 1).padStart(8, '0')}`,
  }));
  await stage.addCases(rows);
  await stage.addCases(rows.slice(0, 10), 'bank-2');
  const { id } = await stage.ask('C7');
  await stage.outcomes.record(
    principal('agent'),
    id,
    { result: 'answered', startedAt: '2026-11-21T15:00:00+08:00', note: '约定周五还款' },
    'en',
  );
  await stage.ask('C8', { channel: 'sms', message: { text: '张三先生，您的账单已逾期。' } });
  await stage.sql(
    `insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, content_hash) values ('${BANK}', 'A1', 'c1', $1, '')`,
    [before.seal('王五', 'agency_staff.name')],
  );
  await stage.sql(
    `insert into register_act (institution_id, action, resource, subject, reason_sealed) values ('${BANK}', 'x', 'x', 's', $1)`,
    [before.seal('本人要求', 'register_act.reason')],
  );
  await stage.sql(
    `insert into delivery (institution_id, collection_case, contact_point, party_id, kind, channel, purpose, asked_by, asked_at, request_sealed, state)
     select k.institution_id, k.id, $2, 'P1', 'message', 'sms', 'collect', 's', now(), $1, 'asked' from collection_case k where k.case_id = 'C8' limit 1`,
    [before.seal('{}', 'delivery.request'), await stage.pointOf('C8')],
  );
  await sealRegister();
  await sealOversight(stage, before);
  await sealCollecting(stage, before);
  await sealRepayment();
  await sealPortfolio(stage, (context) => before.seal('说明', context));
  await sealQuality(stage, before);
  await new Sealer(stage.source, { evidenceKeyDays: 365 }, 'collections', before).sealAll();
  await stage.sql(
    `insert into report_target (institution_id, name, channel, address_sealed, shown, created_by, created_at) values ('${BANK}', 't', 'email', $1, 'x', 's', now())`,
    [before.seal('{}', 'report_target.address')],
  );
  await stage.sql(
    `insert into retention_hold (institution_id, scope, value, reason_sealed, placed_by, placed_at, release_reason_sealed, release_asked_by, release_asked_at)
     values ('${BANK}', 'case', 'C7', $1, 's', now(), $2, 't', now())`,
    [before.seal('诉讼', HOLD_CONTEXT.reason), before.seal('结案', HOLD_CONTEXT.release)],
  );
  const uploads = new UploadStore(stage.source, before, uploadUse);
  upload = await uploads.begin(BANK, 'calls.csv');
  for (let seq = 0; seq < 20; seq += 1) await uploads.append(BANK, upload, seq, content);
});
afterAll(() => stage.close());

describe('reseal', () => {
  it('knows every sealed column of the schema', async () => {
    const columns = await stage.sql<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and column_name like '%sealed'`,
    );
    expect(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).toSorted()).toEqual(columns.map(({ name }) => name).toSorted());
  });

  it('leaves a value alone that a service wrote meanwhile', async () => {
    const [debtor] = await stage.sql<{ id: string }>(`select id from debtor where debtor_id = 'D0'`);
    const holder = new Client({ connectionString: stage.db.adminUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query(`update debtor set name_sealed = $2 where id = $1`, [debtor?.id, during.seal('李四', 'debtor.name')]);
      const running = reseal(stage.source, during, SEALED_COLUMNS, say);
      // It stands at the row that is being written; only then is that row committed.
      for (let waiting = 0; waiting === 0;) {
        const { rows } = await holder.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        waiting = rows.length;
      }
      await holder.query('commit');
      expect(await running).toBeGreaterThan(0);
    } finally {
      await holder.end();
    }
    const [row] = await stage.sql<{ sealed: Buffer }>('select name_sealed as sealed from debtor where id = $1', [debtor?.id]);
    expect(row && after.open(row.sealed, 'debtor.name')).toBe('李四');
  });

  it('lets the old key go: everything opens as before without it', async () => {
    const view = await caseView(after);
    expect(view).toEqual(await caseView(during));
    expect(view).toMatchObject({
      idNumber: '230100199001011234',
      parties: [{ name: '张三', contactPoints: [{ value: '+8613800000003' }] }],
    });
    expect(await note(after)).toBe('约定周五还款');
    expect(await uploaded(after)).toBe(await uploaded(during));
    await expect(caseView(before)).rejects.toThrow('not on the ring');
    for (const { table, column } of SEALED_COLUMNS) {
      const rows = await inTransaction(stage.source, { institutionId: '*' }, (tx) =>
        tx.query<{ sealed: Buffer }>(`select ${column} as sealed from ${table} where ${column} is not null`),
      );
      expect([table, column, rows.length > 0]).toEqual([table, column, true]);
      expect(rows.filter(({ sealed }) => !after.isCurrent(sealed))).toEqual([]);
    }
  });

  it('does nothing the second time, and says so', async () => {
    log.length = 0;
    const sealed = `select string_agg(name_sealed::text, '' order by id) as all from debtor`;
    const [first] = await stage.sql<{ all: string }>(sealed);
    expect(await reseal(stage.source, after, SEALED_COLUMNS, say)).toBe(0);
    expect(await stage.sql(sealed)).toEqual([first]);
    expect(log).toHaveLength(SEALED_COLUMNS.length);
    expect(log[0]).toBe(`walked {"walk":1,"column":"debtor.name_sealed","rows":${CASES + 10},"resealed":0}`);
  });

  it('stops at a value that does not open, and keeps what is done', async () => {
    const stranger = new Vault([newKey('k9')], indexKey);
    const [debtor] = await stage.sql<{ id: string }>(`select id from debtor where debtor_id = 'D5'`);
    await stage.sql('update debtor set name_sealed = $2 where id = $1', [debtor?.id, stranger.seal('王五', 'debtor.name')]);
    await expect(reseal(stage.source, after, SEALED_COLUMNS, say)).rejects.toThrow('not on the ring');
    expect((await caseView(after)).parties[0]?.name).toBe('张三');
  });
});
