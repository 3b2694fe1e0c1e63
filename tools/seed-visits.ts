// Talks and visits of the demo, yesterday in the afternoon: permitted by the gate on the facts of then, and reported by their collectors.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { UploadService } from '#uploads';
import { GateService } from '../apps/collections/src/contact/gate.service.ts';
import type { OutcomeReport } from '../apps/collections/src/outcome/outcome.dto.ts';
import { OutcomeReportService } from '../apps/collections/src/outcome/report.service.ts';
import { PhotoService } from '../apps/collections/src/visit/photo.service.ts';
import { StepsService } from '../apps/collections/src/visit/steps.service.ts';
import { VisitService } from '../apps/collections/src/visit/visit.service.ts';
import { addressOf, institutionId, singleCasesOf } from './make-data/index.ts';
import { dayIn, timeOn, type SeedClock } from './seed-clock.ts';
import { doorPhoto } from './seed-media.ts';
import { agent, once } from './seed-people.ts';

const COLLECTORS = ['bank-01', 'bank-02'];
// Those before have plans and promises.
const FROM_DEBTOR = 200;

interface Door {
  readonly caseId: string;
  readonly partyId: string;
  readonly contactPointId: string;
  readonly channel: string;
}

const POINTS = `
  select k.case_id as "caseId", p.party_id as "partyId", t.id as "contactPointId", t.channel
  from collection_case k join party p on p.collection_case = k.id and p.role = 'debtor' join contact_point t on t.party = p.id
  where k.institution_id = $1 and k.case_id = any($2) order by k.case_id, t.id`;

/** Once; where the gate refuses, as it may after many calls, nobody went and the demo has one visit less. */
export async function seedVisits(app: INestApplicationContext, clock: SeedClock): Promise<void> {
  const cases = singleCasesOf(null, 4, (debtor) => debtor >= FROM_DEBTOR && addressOf(debtor) !== '');
  const points = await inTransaction(app.get(DataSource), { institutionId }, (tx) => tx.query<Door>(POINTS, [institutionId, cases]));
  const [first, second, third] = cases;
  const at = (caseId: string | undefined, channel: string): Door[] =>
    points.filter((one) => one.caseId === caseId && one.channel === channel).slice(0, 1);
  for (const door of at(first, 'letter')) await visited(app, clock, door, true);
  for (const door of at(second, 'letter')) await visited(app, clock, door, false);
  for (const door of at(third, 'voice')) await talked(app, clock, door);
}

async function visited(app: INestApplicationContext, clock: SeedClock, door: Door, isReported: boolean): Promise<void> {
  const { channel: _address, caseId, ...to } = door;
  const steps = app.get(StepsService, { strict: false });
  const key = (step: string) => once(`visit/${caseId}/${step}`);
  const hour = isReported ? '14' : '16';
  const then = <T>(minute: string, work: () => Promise<T>): Promise<T> => clock.at(timeOn(-1, `${hour}:${minute}`), work);
  const request = { ...to, caseId, collectorIds: COLLECTORS };
  const visits = app.get(VisitService, { strict: false });
  const { visit } = await then('00', () => visits.plan(agent, request, key('plan'), 'zh', 'seed'));
  if (visit === null) return;
  const { id, attemptId } = visit;
  await then('10', () => steps.arrive(agent, id, { shownTo: '向本人出示工牌和委托书' }, key('arrive'), 'seed'));
  const upload = await app.get(UploadService, { strict: false }).keep(institutionId, 'door.png', [doorPhoto()]);
  await then('12', () => app.get(PhotoService, { strict: false }).take(agent, id, { place: 'outside' }, upload, 'seed'));
  await then('14', () => steps.enter(agent, id, { consent: 'refused', consentOf: '本人' }, key('enter'), 'seed'));
  await then('25', () => steps.leave(agent, id, {}, key('leave'), 'seed'));
  if (!isReported) return;
  const report = { reached: 'debtor', attitude: 'cooperative', arrearsReason: 'cash-flow' } as const;
  await then('30', () => reported(app, attemptId, [`${hour}:10`, `${hour}:25`], report, '在门口交谈，未入户；客户愿与银行协商分期。'));
}

async function talked(app: INestApplicationContext, clock: SeedClock, { caseId, ...to }: Door): Promise<void> {
  const request = { ...to, channel: 'voice', caseId, purpose: 'collect', mode: 'interactive' } as const;
  const gate = app.get(GateService, { strict: false });
  const { id, permit } = await clock.at(timeOn(-1, '17:00'), () => gate.ask(agent, request, once(`talk/${caseId}`), 'zh'));
  if (permit === null) return;
  const report: OutcomeReport = {
    reached: 'debtor',
    attitude: 'cooperative',
    arrearsReason: 'forgot',
    promise: { amount: '500.00', dueOn: dayIn(1) },
    bestTime: { from: '17:00', to: '20:00' },
  };
  await clock.at(timeOn(-1, '17:06'), () => reported(app, id, ['17:01', '17:05'], report, '客户承诺先还 500 元，其余月底结清。'));
}

async function reported(
  app: INestApplicationContext,
  attemptId: string,
  [from, to]: readonly [string, string],
  report: OutcomeReport,
  note: string,
): Promise<void> {
  const outcome = { result: 'conversation', startedAt: timeOn(-1, from), endedAt: timeOn(-1, to), note, report } as const;
  await app.get(OutcomeReportService, { strict: false }).record(agent, attemptId, outcome, 'zh');
}
