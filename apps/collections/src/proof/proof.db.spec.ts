import type { FastifyRequest } from 'fastify';
import { Refusal } from '#problem';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { ActService } from '../act/act.service.ts';
import { ActStore } from '../act/act.store.ts';
import { CaseStore } from '../case/case.store.ts';
import { RegisterDesk } from '../case/register-desk.ts';
import { RegisterStore } from '../case/register.store.ts';
import { ProofService } from './proof.service.ts';
import { ProofStore } from './proof.store.ts';

let stage: Stage;
let proofs: ProofService;
let hold = '';
const agent = principal('agent', { agencyId: 'A01' });

beforeAll(async () => {
  stage = await Stage.open();
  const desk = new RegisterDesk(stage.source, stage.clock, new RegisterStore(), new CaseStore());
  proofs = new ProofService(desk, new ProofStore(), stage.uploads, new ActService(new ActStore(), stage.vault), stage.vault);
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', agencyId: 'A01' },
    { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002' },
  ]);
  const [row] = await stage.sql<{ id: string }>(
    `insert into hold (institution_id, debtor, kind, from_at) select $1, debtor, 'deceased', '2026-11-01' from collection_case where case_id = 'C1' returning id`,
    [BANK],
  );
  hold = row?.id ?? '';
});
afterAll(() => stage.close());

/** Of a form only these are read. */
const form = (resource: string, text: string, fileName = '死亡证明.pdf'): FastifyRequest =>
  ({
    isMultipart: () => true,
    headers: {},
    async *parts() {
      await Promise.resolve();
      yield { type: 'field', fieldname: 'resource', value: resource };
      yield { type: 'file', fieldname: 'file', filename: fileName, file: [Buffer.from(text)] };
    },
  }) as unknown as FastifyRequest;
async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.kind.code;
    throw error;
  }
}

it('is kept sealed with its hash, read back as it came, each reading recorded', async () => {
  const kept = await proofs.add(agent, 'C1', form(`hold/${hold}`, 'scan'), null);
  expect(kept).toMatchObject({ fileName: '死亡证明.pdf', mediaType: 'application/pdf', bytes: 4, resource: `hold/${hold}` });
  expect(kept.sha256).toBe('59ad1b2fc74287ded1bba7af67765d23ad4a49f1ae51902cc2ed3f8ebee96cfa');
  await stage.uploads.sweep();
  const { pieces } = await proofs.open(agent, kept.id, 'r');
  let text = '';
  for await (const piece of pieces) text += piece.toString('utf8');
  expect(text).toBe('scan');
  expect(await stage.sql(`select resource_ids as ids from personal_data_read where resource = 'proof'`)).toEqual([{ ids: [kept.id] }]);
  expect((await proofs.list(agent, 'C1')).items.map(({ id }) => id)).toEqual([kept.id]);
});

it('proves something of its case alone, and is seen by who may see the case', async () => {
  expect(await code(proofs.add(principal('agent'), 'C2', form(`hold/${hold}`, 'x'), null))).toBe('invalid');
  expect(await code(proofs.add(principal('agent'), 'C1', form('case/C1', 'x'), null))).toBe('invalid');
  expect(await code(proofs.add(principal('agent', { agencyId: 'A02' }), 'C1', form(`hold/${hold}`, 'x'), null))).toBe('not-found');
  const { items } = await proofs.list(agent, 'C1');
  expect(await code(proofs.open(principal('agent', { agencyId: 'A02' }), items[0]?.id ?? '', 'r'))).toBe('not-found');
});

it('is one for one key and file', async () => {
  const same = await Promise.all([1, 2].map(() => proofs.add(agent, 'C1', form(`hold/${hold}`, 'twice'), 'k')));
  expect(new Set(same.map(({ id }) => id)).size).toBe(1);
  expect(await code(proofs.add(agent, 'C1', form(`hold/${hold}`, 'other'), 'k'))).toBe('idempotency-key-reused');
});
