// Promises, payments and repayment plans of the demo: some in every state, told in the order in which they happened.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction } from '#pg';
import { fromCents, toCents } from '#plan-rules';
import { renderLetter } from '#render';
import { UploadService } from '#uploads';
import { PaymentDesk } from '../apps/collections/src/payment/payment-desk.ts';
import { PlanDocumentService } from '../apps/collections/src/plan/plan-document.service.ts';
import type { PlanRequest } from '../apps/collections/src/plan/plan.dto.ts';
import { PlanService } from '../apps/collections/src/plan/plan.service.ts';
import { RepaymentWork } from '../apps/collections/src/plan/plan.work.ts';
import { PromiseService } from '../apps/collections/src/promise/promise.service.ts';
import { RecordingService } from '../apps/collections/src/recording/recording.service.ts';
import { institutionId, singleCasesOf } from './make-data/index.ts';
import { dayIn, timeOn, type SeedClock } from './seed-clock.ts';
import { telephoneSilence } from './seed-media.ts';
import { agency, agent, core, manager, once } from './seed-people.ts';

const asking = (principal: Principal, what: string) => ({ principal, idempotency: once(what), requestId: 'seed' });

interface Told {
  readonly caseId: string;
  /** What the case owed when the demo began. */
  readonly owed: bigint;
}

const percent = (owed: bigint, share: bigint): string => fromCents((owed * share) / 100n);

/** What happens on the cases of the demo, each by the service that it would go through. */
class Teller {
  readonly plans: PlanService;
  private readonly promises: PromiseService;
  private readonly payments: PaymentDesk;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: SeedClock,
  ) {
    this.plans = app.get(PlanService, { strict: false });
    this.promises = app.get(PromiseService, { strict: false });
    this.payments = app.get(PaymentDesk, { strict: false });
  }

  /** Made `madeOn` days from now and due on `dueOn`, of so many hundredths of the debt. */
  async promise(by: Principal, { caseId, owed }: Told, share: bigint, [madeOn, dueOn]: readonly [number, number]): Promise<void> {
    const note = '客户主动说明还款安排，语气平和。';
    const promise = { amount: percent(owed, share), dueOn: dayIn(dueOn), note };
    await this.clock.at(timeOn(madeOn, '15:20'), () => this.promises.note(by, caseId, promise, once(`promise/${caseId}`), 'seed'));
  }

  /** Paid at ten, known in the evening. */
  async pay(
    { caseId }: Told,
    day: number,
    amount: string,
    balanceAfter: string | null = null,
    reversalOf: string | null = null,
  ): Promise<string> {
    const paymentId = `DEMO-${caseId}-${reversalOf === null ? 'P' : 'R'}${-day}`;
    const payment = { paymentId, caseId, paidAt: timeOn(day, '10:05'), amount, currency: 'CNY', balanceAfter, reversalOf };
    await this.clock.at(timeOn(day, '18:30'), () => this.payments.book(core, payment, null));
    return paymentId;
  }

  /** Drafted at ten and proposed at once; its id. */
  async propose({ caseId, owed }: Told, day: number, terms: Partial<PlanRequest>): Promise<string> {
    const interest = (owed * 12n) / 100n;
    const fees = (owed * 3n) / 100n;
    const request: PlanRequest = {
      owed: { principal: fromCents(owed - interest - fees), interest: fromCents(interest), fees: fromCents(fees) },
      waivedFees: fromCents(fees),
      method: 'equal-instalment',
      months: 12,
      firstDueOn: dayIn(20),
      hardship: 'income-loss',
      circumstances: { monthlyIncome: '6200.00', monthlyExpense: '4800.00', note: '单位停工，收入减半；已看工资流水。' },
      ...terms,
    };
    return this.clock.at(timeOn(day, '10:10'), async () => {
      const { id } = await this.plans.draft(asking(agent, `plan/${caseId}`), caseId, request);
      await this.plans.propose(asking(agent, `propose/${caseId}`), id);
      return id;
    });
  }

  approve({ caseId }: Told, id: string, day: number): Promise<unknown> {
    return this.clock.at(timeOn(day, '11:30'), () => this.plans.approve(asking(manager, `approve/${caseId}`), id));
  }

  /** The signed paper comes in the afternoon. */
  async sign({ caseId, owed }: Told, id: string, day: number): Promise<void> {
    const agreedAt = timeOn(day, '15:00');
    const paper = await renderLetter({
      title: '个性化分期还款协议',
      number: `DEMO-${caseId}`,
      date: dayIn(day),
      madeAt: agreedAt,
      sender: { name: '演示银行信用卡中心', address: '哈尔滨市道里区演示路 1 号' },
      receiver: { name: '持卡人', address: '演示地址' },
      paragraphs: [`双方就欠款 ${fromCents(owed)} 元达成个性化分期还款协议，分期安排见附表。`, '协议履行期间，银行停止对持卡人催收。'],
      seal: null,
    });
    const upload = await this.app.get(UploadService, { strict: false }).keep(institutionId, `agreement-${caseId}.pdf`, [paper]);
    const signed = { agreedAt, upload, key: `seed/sign/${caseId}`, requestId: 'seed' };
    await this.clock.at(timeOn(day, '15:10'), () => this.app.get(PlanDocumentService, { strict: false }).take(agent, id, signed));
  }

  async record(caseId: string, day: number): Promise<void> {
    const upload = await this.app.get(UploadService, { strict: false }).keep(institutionId, 'demo-agreement.wav', [telephoneSilence()]);
    const recordings = this.app.get(RecordingService, { strict: false });
    await this.clock.at(timeOn(day, '16:00'), () => recordings.take(agent, { caseId }, upload, `seed/recording/${caseId}`));
  }
}

async function seedPromises(teller: Teller, cases: readonly Told[], entrusted: readonly Told[]): Promise<void> {
  const [open, kept, broken, partly, taken] = cases;
  if (!open || !kept || !broken || !partly || !taken) return;
  await teller.promise(agent, broken, 25n, [-9, -4]);
  await teller.promise(agent, kept, 20n, [-7, -3]);
  await teller.pay(kept, -5, percent(kept.owed, 20n), percent(kept.owed, 80n));
  await teller.promise(agent, partly, 30n, [-4, 1]);
  await teller.pay(partly, -2, percent(partly.owed, 10n), percent(partly.owed, 90n));
  await teller.promise(agent, open, 50n, [-1, 4]);
  // Paid, and taken back by the bank of the payer.
  const paid = await teller.pay(taken, -6, percent(taken.owed, 40n));
  await teller.pay(taken, -3, `-${percent(taken.owed, 40n)}`, fromCents(taken.owed), paid);
  for (const [at, one] of entrusted.entries()) await teller.promise(agency, one, 15n, [-3, at + 2]);
}

async function seedRunning(teller: Teller, cases: readonly Told[]): Promise<void> {
  const [kept, broken, waiting, approved] = cases;
  if (!kept || !broken || !waiting || !approved) return;
  const runs = await teller.propose(kept, -48, { firstDueOn: dayIn(-38), months: 10 });
  await teller.approve(kept, runs, -47);
  await teller.sign(kept, runs, -46);
  const ended = await teller.propose(broken, -45, {
    firstDueOn: dayIn(-12),
    months: 6,
    method: 'equal-principal',
    hardship: 'unemployment',
  });
  await teller.approve(broken, ended, -44);
  await teller.sign(broken, ended, -43);
  const { instalments } = await teller.plans.find(manager, runs, 'seed');
  let left = kept.owed;
  for (const { dueOn, amount } of instalments.filter((one) => one.dueOn < dayIn(0))) {
    left -= toCents(amount) ?? 0n;
    const days = Math.round((Date.parse(dueOn) - Date.parse(dayIn(0))) / 86_400_000);
    await teller.pay(kept, days - 1, amount, fromCents(left));
  }
  await teller.propose(waiting, -1, { hardship: 'illness', chargeCap: '600.00', annualRatePercent: '3.6' });
  const agreed = await teller.propose(approved, -3, { months: 24, hardship: 'business-failure' });
  await teller.approve(approved, agreed, -2);
  await teller.record(approved.caseId, -1);
}

/** Told once: what is known already is not told again. Returns on how many cases. */
export async function seedPlans(app: INestApplicationContext, clock: SeedClock): Promise<number> {
  const [own, entrusted] = [singleCasesOf(null, 9), singleCasesOf('agency-a', 2)];
  const told = await inTransaction(app.get(DataSource), { institutionId }, async (tx) => {
    // What the last step leaves says that all were taken; one that was interrupted begins with what was owed at first.
    const rows = await tx.query<{ caseId: string; owed: string }>(
      `select k.case_id as "caseId", (k.balance + coalesce((select sum(p.amount) from payment p where p.collection_case = k.id), 0))::text as owed
       from collection_case k where k.institution_id = $1 and k.case_id = any($2)
         and not exists (select from recording r join collection_case l on l.id = r.collection_case where l.case_id = $3) order by k.case_id`,
      [institutionId, [...own, ...entrusted], own.at(-1)],
    );
    return rows.map(({ caseId, owed }): Told => ({ caseId, owed: toCents(owed) ?? 0n }));
  });
  if (told.length === 0) return 0;
  const of = (ids: readonly string[]): Told[] => told.filter(({ caseId }) => ids.includes(caseId));
  const teller = new Teller(app, clock);
  await seedPromises(teller, of(own).slice(0, 5), of(entrusted));
  await seedRunning(teller, of(own).slice(5));
  await app.get(RepaymentWork, { strict: false }).settleDue();
  return told.length;
}
