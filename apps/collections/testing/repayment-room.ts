import { inTransaction } from '#pg';
import type { Principal } from '#auth';
import type { BatchOutcome, ImportRecord } from '#imports';
import { RevocationService } from '../src/contact/revocation.service.ts';
import { RevocationStore } from '../src/contact/revocation.store.ts';
import { PaymentDesk } from '../src/payment/payment-desk.ts';
import { PaymentLedger } from '../src/payment/payment.ledger.ts';
import { PaymentService } from '../src/payment/payment.service.ts';
import { PaymentStore } from '../src/payment/payment.store.ts';
import { PaymentsKind } from '../src/payment/payments.kind.ts';
import { AgreementService } from '../src/plan/agreement.service.ts';
import { PlanDesk } from '../src/plan/plan-desk.ts';
import { PlanDocumentService } from '../src/plan/plan-document.service.ts';
import { PlanHolds } from '../src/plan/plan-holds.ts';
import { PlanSettlement } from '../src/plan/plan-settlement.ts';
import { PlanSettlementStore } from '../src/plan/plan-settlement.store.ts';
import { PlanService } from '../src/plan/plan.service.ts';
import { PlanStore } from '../src/plan/plan.store.ts';
import { RepaymentWork } from '../src/plan/plan.work.ts';
import { PromiseService } from '../src/promise/promise.service.ts';
import { PromiseSettlement } from '../src/promise/promise-settlement.ts';
import { PromiseStore } from '../src/promise/promise.store.ts';
import { RepaymentDesk } from '../src/promise/repayment-desk.ts';
import { RepaymentSettingService } from '../src/promise/repayment-setting.service.ts';
import { RepaymentSettingStore } from '../src/promise/repayment-setting.store.ts';
import { TaskService } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import { actsOf, casesOf, recordingRoom } from './recording-room.ts';
import { BANK, principal, type Stage } from './stage.ts';

export const agent = principal('agent');
export const manager = principal('collections-manager');
export const headOffice = principal('head-office-approver');

type Cells = Readonly<Record<string, string>>;

/** Promises, payments and plans on the database of a stage. */
export class RepaymentRoom {
  readonly promises: PromiseService;
  readonly settings: RepaymentSettingService;
  readonly plans: PlanService;
  readonly agreements: AgreementService;
  readonly documents: PlanDocumentService;
  readonly payments: PaymentDesk;
  readonly work: RepaymentWork;
  readonly recordings;
  private readonly kind: PaymentsKind;
  private cases = 0;

  constructor(private readonly stage: Stage) {
    const { source, clock, vault, uploads } = stage;
    const [acts, tasks, ledger] = [actsOf(stage), new TaskService(new TaskStore()), new PaymentLedger()];
    const settings = new RepaymentSettingStore();
    const desk = new RepaymentDesk(source, clock, casesOf(stage), settings);
    const promiseStore = new PromiseStore();
    const promiseSettlement = new PromiseSettlement(promiseStore, acts);
    const revocations = new RevocationService(new RevocationStore());
    const planStore = new PlanStore();
    const planDesk = new PlanDesk(desk, planStore, vault);
    const settlement = new PlanSettlement(new PlanSettlementStore(), ledger, revocations, acts, tasks);
    const holds = new PlanHolds(planStore, ledger, revocations);
    const payments = new PaymentService(new PaymentStore(), ledger, promiseSettlement, settlement);
    this.recordings = recordingRoom(stage).recordings;
    this.promises = new PromiseService(source, desk, promiseStore, acts, vault);
    this.settings = new RepaymentSettingService(source, desk, settings, acts);
    this.plans = new PlanService(source, planDesk, planStore, acts, tasks);
    this.agreements = new AgreementService(planDesk, planStore, holds, acts, tasks);
    this.documents = new PlanDocumentService(uploads, this.recordings, planDesk, holds, this.agreements);
    this.payments = new PaymentDesk(source, desk, payments, new PaymentStore());
    this.kind = new PaymentsKind(payments, clock);
    this.work = new RepaymentWork({ repaymentsEveryMs: 60_000 }, source, clock, promiseSettlement, settlement);
  }

  /** Imports rows of a file of payments, as one batch. */
  load(rows: readonly Cells[], scope: { agencyId?: string } = {}): Promise<BatchOutcome> {
    const record = { id: 'import-1', institutionId: BANK, agencyId: scope.agencyId ?? null, requestedBy: 'core-1' } as ImportRecord;
    const table = rows.map((cells, at) => ({ row: at + 2, values: this.kind.columns.map(({ name }) => cells[name] ?? '') }));
    return inTransaction(this.stage.source, { institutionId: BANK }, (tx) =>
      this.kind.storeBatch(tx, record, { rows: table, errors: [], bytesRead: 1 }),
    );
  }

  /** A case of a debtor of its own, unless it is said otherwise; its id. */
  async newCase(more: object = {}): Promise<string> {
    this.cases += 1;
    const n = this.cases;
    const contactPoint = `+86138000${String(n).padStart(5, '0')}`;
    await this.stage.addCases([{ caseId: `C${n}`, debtorId: `D${n}`, debtId: `L${n}`, contactPoint, ...more }]);
    return `C${n}`;
  }

  /** What the gate says at an instant: `permitted`, or the rules that refuse. */
  async verdictAt(caseId: string, at: string): Promise<string> {
    this.stage.now = at;
    const { verdict, reasons } = await this.stage.ask(caseId);
    return verdict === 'permitted' ? verdict : reasons.map(({ ruleId }) => ruleId).join(' ');
  }

  async tasksOf(plan: string): Promise<string[]> {
    const tasks = await this.stage.sql<{ kind: string; state: string }>(
      `select kind, case when done_at is null then 'open' else 'done' end as state from task where resource = $1 order by id`,
      [`plan/${plan}`],
    );
    return tasks.map(({ kind, state }) => `${kind} ${state}`);
  }

  async actionsOf(resource: string): Promise<string[]> {
    const acts = await this.stage.sql<{ action: string }>('select action from register_act where resource = $1 order by id', [resource]);
    return acts.map(({ action }) => action);
  }

  /** What became of a paper that the debtor signed. */
  async sign(id: string, agreedAt: string, { by = agent, key = null as string | null, text = '协议' } = {}) {
    const upload = await this.stage.uploads.keep(BANK, 'agreement.pdf', [Buffer.from(text)]);
    return this.documents.take(by, id, { agreedAt, upload, key, requestId: 'request-1' });
  }

  /** A plan that a manager has approved. */
  async approved(caseId: string, terms: object = {}, by: Principal = agent): Promise<string> {
    const { id } = await this.plans.draft(asking(by), caseId, { ...usualPlan, ...terms });
    await this.plans.propose(asking(by), id);
    await this.plans.approve(asking(manager), id);
    return id;
  }

  /** A plan that runs from now on. */
  async active(caseId: string, terms: object = {}): Promise<string> {
    const id = await this.approved(caseId, terms);
    await this.sign(id, this.stage.clock.override.toISOString());
    return id;
  }
}

export const asking = (by: Principal, idempotency: { key: string; hash: Buffer } | null = null) => ({
  principal: by,
  idempotency,
  requestId: 'request-1',
});

/** 5,000.00 in five instalments on the 20th, from 2026-12-20 on. */
export const usualPlan = {
  owed: { principal: '4000.00', interest: '800.00', fees: '200.00' },
  method: 'equal-principal' as const,
  months: 5,
  firstDueOn: '2026-12-20',
  hardship: 'unemployment',
  circumstances: { monthlyIncome: '3000', monthlyExpense: '2600', note: '失业三个月' },
};

let payments = 0;
export const payment = (caseId: string, paidAt: string, amount: string, more: Cells = {}): Cells => ({
  paymentId: `PAY${(payments += 1)}`,
  caseId,
  paidAt,
  amount,
  currency: 'CNY',
  ...more,
});

export const key = (name: string) => ({ key: name, hash: Buffer.from(name) });

/** The code of the refusal, and the fields with their articles; `none` where there is no refusal. */
export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => ({ code: 'none', errors: [] as string[] }),
    (error: { kind: { code: string }; extras: { errors?: { pointer: string; source?: string }[] } }) => ({
      code: error.kind.code,
      errors: (error.extras.errors ?? []).map(({ pointer, source }) => [pointer, source].filter((part) => part !== undefined).join(' ')),
    }),
  );
