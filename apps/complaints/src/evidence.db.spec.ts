import { readPublicKeys } from '#evidence';
import { Verifier, type Finding, type Summary } from '#evidence-check';
import { EvidenceService, Sealer } from '#evidence-log';
import { principal, Stage } from '../testing/stage.ts';

const compliance = principal('compliance');

let stage: Stage;
let service: EvidenceService;

beforeAll(async () => {
  stage = await Stage.open();
  service = new EvidenceService(stage.source, stage.vault, 'complaints');
});
afterAll(() => stage.close());

async function checked(): Promise<{ summary: Summary; findings: Finding[]; text: string }> {
  await new Sealer(stage.source, { evidenceKeyDays: 365 }, 'complaints', stage.vault).sealAll();
  const keys = readPublicKeys((await service.publicKeys(compliance)).items.map(({ publicKey }) => publicKey).join('\n'));
  const findings: Finding[] = [];
  const verifier = new Verifier({ keys, earlier: null, lateMs: 3_600_000, found: (finding) => void findings.push(finding) });
  let text = '';
  for await (const piece of (await service.export(compliance, {}, 'r')).lines) text += piece;
  for (const line of text.trimEnd().split('\n')) verifier.line(line);
  return { summary: verifier.end(), findings, text };
}

it('makes the clocks of complaints again from the log alone, and holds nothing that people wrote in the clear', async () => {
  const { id } = await stage.register();
  stage.now = '2026-11-22T15:00:00+08:00';
  await stage.decide(id);
  stage.now = '2026-11-23T15:00:00+08:00';
  await stage.tell(id);
  const { summary, findings, text } = await checked();
  expect(findings).toEqual([]);
  // Registered, decided, told.
  expect(summary.replayed).toBe(3);
  expect(summary.notReplayed).toEqual({});
  expect(text).not.toMatch(/张三|深夜催收|13800000001|属实/);
});
