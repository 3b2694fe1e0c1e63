import { randomUUID } from 'node:crypto';
import { inTransaction } from '#pg';
import { AfterRoom, call, superior } from '../../testing/after.ts';
import { refusalOf } from '../../testing/handling.ts';
import { FileRoom } from '../../testing/intake.ts';
import { handler, principal, Stage } from '../../testing/stage.ts';
import { ownFiles } from './own-files.ts';

let stage: Stage;
let files: FileRoom;
let after: AfterRoom;
let complaint: string;
let own: string;
let foreign: string;

beforeAll(async () => {
  stage = await Stage.open();
  files = new FileRoom(stage);
  after = new AfterRoom(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-10-20T10:00:00+08:00';
  complaint = await after.closed();
  own = (await files.add(complaint)).id;
  foreign = (await files.add(await after.closed())).id;
});

const check = (given: readonly string[] | null) => inTransaction(stage.source, handler, (tx) => ownFiles(tx, [complaint], '/files', given));
const faultsOf = async (work: Promise<unknown>) => {
  const { kind, extras } = await refusalOf(work);
  return [kind.code, extras.errors?.map(({ pointer }) => pointer)];
};

it('takes files of the complaint, each once, whatever the letters of their ids', async () => {
  expect(await check(null)).toEqual([]);
  expect(await check([own, own.toUpperCase()])).toEqual([own]);
});

it('refuses each that is none, by its place: of another, unknown, no id, removed, another institution’s', async () => {
  expect(await faultsOf(check([foreign, own, randomUUID(), 'x']))).toEqual(['invalid', ['/files/0', '/files/2', '/files/3']]);
  await stage.sql(`update complaint_file set removed_at = now(), removed_by = 'x', upload = null where id = $1`, [own]);
  expect(await faultsOf(check([own]))).toEqual(['invalid', ['/files/0']]);
  const elsewhere = principal('complaint-handler', { institutionId: 'bank-2' });
  const there = inTransaction(stage.source, elsewhere, (tx) => ownFiles(tx, [complaint], '/files', [own]));
  expect(await faultsOf(there)).toEqual(['invalid', ['/files/0']]);
});

describe('are checked where a request names files', () => {
  const review = (given: string[]) =>
    after.reviews.request(
      handler,
      complaint,
      { requestedAt: '2026-10-19T09:00:00+08:00', requester: 'complainant', reasons: '不服', files: given },
      call(),
    );
  it('a review', async () => {
    expect(await faultsOf(review([own, foreign]))).toEqual(['invalid', ['/files/1']]);
    expect((await review([own])).review?.files).toEqual([own]);
  });

  it('a reopening', async () => {
    const reopen = (given: string[]) =>
      after.reopenings.reopen(
        superior,
        complaint,
        { basis: 'supervisor', reasons: '新情况', receivedAt: '2026-10-19T09:00:00+08:00', files: given },
        call(),
      );
    expect(await faultsOf(reopen([foreign]))).toEqual(['invalid', ['/files/0']]);
    expect((await reopen([own])).successorId).toBeTruthy();
  });

  it('an appraisal and its end', async () => {
    const request = {
      organisation: '鉴定所',
      subject: '签名真伪',
      beganAt: '2026-10-19T09:00:00+08:00',
      complainantToldAt: '2026-10-19T09:00:00+08:00',
    };
    expect(await faultsOf(after.mediations.appraise(handler, complaint, { ...request, files: [foreign] }, call()))).toEqual([
      'invalid',
      ['/files/0'],
    ]);
    const { id } = await after.mediations.appraise(handler, complaint, { ...request, files: [own] }, call());
    const end = (given: string[]) =>
      after.mediations.end(
        handler,
        id,
        { endedAt: '2026-10-20T09:00:00+08:00', outcome: 'result', terms: '签名属实', files: given },
        call(),
      );
    expect(await faultsOf(end([own, foreign]))).toEqual(['invalid', ['/files/1']]);
  });
});
