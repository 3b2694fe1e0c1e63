import type { Principal } from '#auth';
import { RandomPortfolio } from '../../testing/random-portfolio.ts';
import { ScreeningRoom, type ResultRow } from '../../testing/screening-room.ts';
import { principal, type Stage } from '../../testing/stage.ts';
import type { ContactabilityRequest } from '../contact/contact.dto.ts';
import { pointChannelsFor } from '../contact/facts.ts';
import { packOf } from '../policy/content.ts';
import type { ScreeningRequest } from './screening.dto.ts';

const CASES = 110;
const NOW = '2026-11-21T15:00:00+08:00';

type Answer = Omit<ResultRow, 'caseId' | 'agencyId'>;

/** What the gate says of one case, or that it can say nothing. */
async function gateAnswer(stage: Stage, by: Principal, caseId: string, request: ContactabilityRequest): Promise<Answer> {
  try {
    const { packs: _packs, ...answer } = await stage.gate.contactability(by, caseId, request, 'en');
    return { ...answer, missing: null };
  } catch (error) {
    const [first] = (error as { extras?: { errors?: { pointer: string }[] } }).extras?.errors ?? [];
    const missing = first?.pointer.slice(1) ?? String(error);
    const partyId = missing === 'contactPointId' ? 'P1' : null;
    return { verdict: 'not-judged', missing, partyId, contactPointId: null, reasons: [], nextPermittedAt: null, mustEndBy: null };
  }
}

/** The first point that is permitted; where none is, the one that is so soonest. */
async function gateAnswerOfPoints(stage: Stage, by: Principal, caseId: string, request: ContactabilityRequest): Promise<Answer> {
  const points = await stage.sql<{ id: string }>(
    `select t.id from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case
     where c.case_id = $1 and p.role = 'debtor' and t.channel = any($2) order by t.id`,
    [caseId, pointChannelsFor(request.channel ?? 'voice')],
  );
  if (points.length === 0) return gateAnswer(stage, by, caseId, request);
  const answers: Answer[] = [];
  for (const { id } of points) answers.push(await gateAnswer(stage, by, caseId, { ...request, contactPointId: id }));
  const permitted = answers.find(({ verdict }) => verdict === 'permitted');
  const when = ({ nextPermittedAt }: Answer): number => (nextPermittedAt === null ? Number.POSITIVE_INFINITY : Date.parse(nextPermittedAt));
  const [soonest] = answers.toSorted((one, other) => (when(one) === when(other) ? 0 : when(one) - when(other)));
  if (!soonest) throw new Error('no point was judged');
  return permitted ?? soonest;
}

const inOrder = (rows: readonly ResultRow[]): unknown[] => rows.map(({ agencyId: _agency, ...row }) => row);

describe('a screening', () => {
  let room: ScreeningRoom;

  beforeAll(async () => {
    room = await ScreeningRoom.open();
    room.stage.now = NOW;
    await new RandomPortfolio(room.stage, 20_261_121, Date.parse(NOW)).fill(CASES);
    await room.stage.sql(
      `insert into message_template (institution_id, template_id, version, channel, title, text, variables, author, approved_by, approved_at)
       values ('bank-1', 'T1', 1, 'sms', 't', '案件{{caseId}}欠款{{balance}}元，请联系本行。', '{caseId,balance}', 'a', 'b', now())`,
    );
    await room.stage.publish({ adjust: { burst: { cap: 2 } } });
    await room.stage.publish({ adjust: { burst: { off: true } } }, { product: 'cash' });
    // Counters of a week, zones that disagree.
    const stacked = ['cn-card', 'us-reg-f'].map((pack) => ({ pack, version: packOf(pack).version }));
    await room.stage.publish({ packs: stacked }, { product: '分期' });
    await room.stage.publish({ adjust: { burst: { cap: 1 } } }, { product: 'cash', from: '2026-11-22T00:00:00+08:00' });
  });
  afterAll(() => room.stage.close());

  const bank = principal('integration');
  const ofA1 = principal('agency-supervisor', { agencyId: 'A1' });
  const asked: readonly { about: string; by: Principal; request: Partial<ScreeningRequest> }[] = [
    { about: 'a call now', by: bank, request: {} },
    { about: 'a call at night', by: bank, request: { at: '2026-11-21T23:10:00+08:00' } },
    { about: 'a call tomorrow, under the policy of then', by: bank, request: { at: '2026-11-22T09:00:00+08:00' } },
    { about: 'a call in the past', by: bank, request: { at: '2026-11-21T09:30:00+08:00', mode: 'informational' } },
    { about: 'a text', by: bank, request: { channel: 'sms', purpose: 'remind' } },
    { about: 'a visit by two', by: bank, request: { channel: 'visit', collectorIds: ['c1', 'c2'] } },
    { about: 'a message of a template', by: bank, request: { channel: 'sms', templateId: 'T1' } },
    { about: 'an e-mail', by: bank, request: { channel: 'email' } },
    { about: 'a call to locate', by: bank, request: { purpose: 'locate' } },
    { about: 'a call by an agency', by: ofA1, request: { collectorIds: ['c1'], deviceId: 'd1' } },
    { about: 'a call by an agency, collector unfit, device unknown', by: ofA1, request: { collectorIds: ['c2', 'c3'], deviceId: 'd9' } },
    { about: 'a call by a suspended agency', by: principal('agency-supervisor', { agencyId: 'A2' }), request: {} },
    { about: 'a call by an agency in no register', by: principal('agency-supervisor', { agencyId: 'A3' }), request: {} },
  ];

  it.each(asked)('says of every case what the gate says: $about', async ({ by, request }) => {
    for (const pointChoice of ['first', 'first-permitted'] as const) {
      const { id, state, cases } = await room.screen({ ...request, pointChoice }, by);
      expect(state).toBe('done');
      const rows = await room.rows(id);
      const mine = await room.stage.sql<{ caseId: string }>(
        `select case_id as "caseId" from collection_case where $1::text is null or agency_id = $1 order by case_id collate "C"`,
        [by.agencyId],
      );
      expect(cases).toBe(mine.length);
      const { channel, mode, purpose, at, collectorIds, deviceId, templateId } = request;
      const same = { channel, mode, purpose, at, collectorIds: collectorIds?.join(','), deviceId, templateId } as ContactabilityRequest;
      const ask = pointChoice === 'first' ? gateAnswer : gateAnswerOfPoints;
      const answers = await Promise.all(mine.map(async ({ caseId }) => ({ caseId, ...(await ask(room.stage, by, caseId, same)) })));
      expect(inOrder(rows)).toEqual(answers);
    }
  });
});
