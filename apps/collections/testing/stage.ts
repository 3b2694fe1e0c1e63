import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { FixedClock } from '#clock';
import { createDataSource, inTransaction } from '#pg';
import { testDatabase, type TestDatabase } from '#testkit';
import { UploadService, UploadStore } from '#uploads';
import { Vault } from '#vault';
import type { AttemptRequest } from '../src/contact/contact.dto.ts';
import { ContactJobs } from '../src/contact/contact.jobs.ts';
import { ContactStore } from '../src/contact/contact.store.ts';
import { GateService } from '../src/contact/gate.service.ts';
import { GateStore } from '../src/contact/gate.store.ts';
import { OutcomeService } from '../src/contact/outcome.service.ts';
import { holdGates } from '../src/gates.ts';
import { CaseImportStore } from '../src/import/case-import.store.ts';
import type { CaseRow } from '../src/import/case-rows.ts';
import { packOf, type PolicyContent } from '../src/policy/content.ts';
import { PolicyService } from '../src/policy/policy.service.ts';
import { PolicyStore, type VersionRecord } from '../src/policy/policy.store.ts';
import { uploadUse } from '../src/uploads.ts';

export const BANK = 'bank-1';

export const principal = (role: Role, more: Partial<Principal> = {}): Principal => ({
  subject: `${role}-1`,
  clientId: null,
  institutionId: BANK,
  agencyId: null,
  roles: [role],
  ...more,
});

export const newVault = (): Vault => new Vault([`k1:${randomBytes(32).toString('base64')}`], randomBytes(32).toString('base64'));

const usualRow: CaseRow = {
  row: 2,
  caseId: 'C1',
  debtorId: 'D1',
  debtorName: '张三',
  idNumber: '230100199001011234',
  debtId: 'L1',
  product: '信用卡',
  balance: '5000.00',
  currency: 'CNY',
  overdueSince: '2026-09-01',
  timeZone: 'Asia/Shanghai',
  partyId: 'P1',
  partyRole: 'debtor',
  partyName: '张三',
  contactPoint: '+8613800000001',
  contactChannel: 'voice',
  contactSource: 'contract',
  zones: [],
  agencyId: null,
  region: null,
  referralNoticeAt: null,
};

/** The gate on a database of its own, with a clock that the test sets. */
export class Stage {
  readonly clock = new FixedClock(new Date('2026-11-21T15:00:00+08:00'));
  readonly store = new ContactStore();
  readonly gate: GateService;
  readonly outcomes: OutcomeService;
  readonly jobs: ContactJobs;
  readonly uploads: UploadService;

  private constructor(
    readonly db: TestDatabase,
    readonly source: DataSource,
    readonly vault: Vault,
  ) {
    const policies = new PolicyService();
    this.gate = new GateService(source, this.clock, new GateStore(vault), this.store, policies);
    this.outcomes = new OutcomeService(source, this.clock, this.store, policies, vault);
    this.uploads = new UploadService(new UploadStore(source, vault, uploadUse));
    this.jobs = new ContactJobs(source, this.clock, this.store);
  }

  static async open(vault = newVault()): Promise<Stage> {
    const db = await testDatabase('collections');
    const source = await createDataSource({ url: db.appUrl, poolSize: 16, applicationName: 'stage' });
    return new Stage(db, source, vault);
  }

  async close(): Promise<void> {
    await this.source.destroy();
    await this.db.drop();
  }

  set now(instant: string) {
    this.clock.override = new Date(instant);
  }

  /** Registers cases as an import would; each row is the usual one but for what is given. */
  async addCases(rows: readonly Partial<CaseRow>[], institutionId = BANK): Promise<void> {
    const store = new CaseImportStore(this.vault);
    await inTransaction(this.source, { institutionId }, (tx) =>
      store.store(
        tx,
        institutionId,
        rows.map((row) => ({ ...usualRow, ...row })),
      ),
    );
  }

  /** Agencies in good standing, each with the collector `c1` and the telephone `t1`. */
  async addAgencies(agencyIds: readonly string[], institutionId = BANK): Promise<void> {
    await this.sql(
      `with given as (select unnest($2::text[]) as id),
         known as (insert into agency (institution_id, agency_id, name, published, contract_from, last_evaluated_on)
           select $1, id, id, true, '2020-01-01', '2026-09-01' from given),
         staff as (insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, certificate_until, content_hash)
           select $1, id, 'c1', $3, '2099-12-31', '' from given)
       insert into agency_device (institution_id, agency_id, device_id, collector_id) select $1, id, 't1', 'c1' from given`,
      [institutionId, agencyIds, this.vault.seal('王五', 'agency_staff.name')],
      institutionId,
    );
  }

  /** A policy version, in force since ever, or since an instant: nobody drafted it and nobody else looked at it. */
  async publish(
    content: Partial<PolicyContent>,
    more: { product?: string; from?: string } = {},
    institutionId = BANK,
  ): Promise<VersionRecord> {
    const whole = { packs: [{ pack: 'cn-card', version: packOf('cn-card').version }], adjust: {}, rules: [], ...content };
    const store = new PolicyStore();
    const effectiveFrom = new Date(more.from ?? 0);
    return inTransaction(this.source, { institutionId }, async (tx) => {
      await holdGates(tx, institutionId);
      return store.append(tx, {
        institutionId,
        product: more.product ?? '',
        content: whole,
        effectiveFrom,
        note: 'stage',
        author: 'stage',
        approvedBy: 'stage',
        approvedAt: effectiveFrom,
        draftId: null,
      });
    });
  }

  /** The id of a contact point of a case. */
  async pointOf(caseId: string, partyId = 'P1', institutionId = BANK): Promise<string> {
    const [row] = await this.sql<{ id: string }>(
      `select t.id from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case where c.case_id = $1 and p.party_id = $2 order by t.id`,
      [caseId, partyId],
      institutionId,
    );
    if (!row) throw new Error(`no contact point of ${caseId} ${partyId}`);
    return row.id;
  }

  async request(caseId: string, more: Partial<AttemptRequest> = {}): Promise<AttemptRequest> {
    const partyId = more.partyId ?? 'P1';
    const contactPointId = more.contactPointId ?? (await this.pointOf(caseId, partyId));
    return { caseId, partyId, contactPointId, channel: 'voice', mode: 'interactive', purpose: 'collect', collectorIds: ['c1'], ...more };
  }

  async ask(caseId: string, more: Partial<AttemptRequest> = {}, by: Principal = principal('integration')) {
    // An agency calls with a telephone that is known of it.
    const tool = by.agencyId === null ? {} : { deviceId: 't1' };
    return this.gate.ask(by, await this.request(caseId, { ...tool, ...more }), null, 'en');
  }

  sql<Row>(text: string, values: readonly unknown[] = [], institutionId = BANK): Promise<Row[]> {
    return inTransaction(this.source, { institutionId }, (tx) => tx.query<Row>(text, values));
  }
}
