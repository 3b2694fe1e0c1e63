import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { SignedHead } from '#evidence';
import { verifyEvidence, type Finding, type Summary } from '#evidence-check';
import { EvidenceService, Sealer } from '#evidence-log';
import { BANK, principal, Stage } from './stage.ts';

const TABLES = [
  'evidence_record',
  'evidence_pending',
  'evidence_leaf',
  'evidence_node',
  'evidence_head',
  'evidence_key',
  'evidence_endorsement',
];
const compliance = principal('compliance');

export interface Verdict {
  readonly exit: number;
  readonly findings: readonly Finding[];
  readonly summary: Summary | null;
}

/** The log of a gate, an examiner with its exports, and somebody who may do anything to the database. */
export class EvidenceRoom {
  readonly service: EvidenceService;
  readonly sealer: Sealer;
  /** As the examiner got it from the bank. */
  publicKey = '';

  private constructor(
    readonly stage: Stage,
    readonly folder: string,
    private readonly superuser: Client,
  ) {
    this.service = new EvidenceService(stage.source, stage.vault, 'collections');
    this.sealer = new Sealer(stage.source, { evidenceKeyDays: 365 }, 'collections', stage.vault);
  }

  static async open(): Promise<EvidenceRoom> {
    const stage = await Stage.open();
    const superuser = new Client({ connectionString: stage.db.adminUrl });
    await superuser.connect();
    // No trigger and no key holds a superuser.
    await superuser.query('set session_replication_role = replica');
    return new EvidenceRoom(stage, await mkdtemp(join(tmpdir(), 'evidence-')), superuser);
  }

  async close(): Promise<void> {
    await this.superuser.end();
    await this.stage.close();
    await rm(this.folder, { recursive: true });
  }

  async seal(): Promise<void> {
    await this.sealer.seal(BANK);
  }

  async keepKey(): Promise<void> {
    this.publicKey = (await this.service.publicKeys(compliance)).items.map(({ publicKey }) => publicKey).join('\n');
  }

  /** What somebody does who may do anything. */
  tamper<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.superuser.query(sql, [...values]).then(({ rows }) => rows as Row[]);
  }

  /** Keeps the log as it is, to be put back. */
  async remember(): Promise<void> {
    for (const table of TABLES) await this.tamper(`create table kept_${table} as table ${table}`);
  }

  async restore(): Promise<void> {
    for (const table of TABLES) {
      await this.tamper(`truncate ${table}`);
      await this.tamper(`insert into ${table} select * from kept_${table}`);
    }
  }

  /** Somebody who has our keys as well makes the whole log anew. */
  async sealAnew(): Promise<void> {
    for (const table of ['evidence_leaf', 'evidence_node', 'evidence_head']) await this.tamper(`truncate ${table}`);
    await this.tamper('truncate evidence_pending');
    await this.tamper('insert into evidence_pending select institution_id, id from evidence_record');
    await this.seal();
  }

  async newestHead(): Promise<SignedHead> {
    const [head] = (await this.service.heads(compliance, { limit: 1 })).items;
    if (!head) throw new Error('there is no head');
    return head;
  }

  async export(request: { from?: number; to?: number; personal?: 'readable' } = {}): Promise<string> {
    const parts: string[] = [];
    for await (const part of (await this.service.export(compliance, request, 'r')).lines) parts.push(part);
    return parts.join('');
  }

  /** What the command says of an export. */
  async verify(text: string, earlier: SignedHead | null = null): Promise<Verdict> {
    const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
    const [file, key, head] = [`${name}.ndjson`, 'key.pem', 'head.json'].map((one) => join(this.folder, one)) as [string, string, string];
    await Promise.all([writeFile(file, text), writeFile(key, this.publicKey), writeFile(head, JSON.stringify(earlier))]);
    const said: string[] = [];
    const args = [file, '--key', key, '--json', ...(earlier ? ['--earlier', head] : [])];
    const exit = await verifyEvidence(args, { out: (line) => void said.push(line), error: () => undefined });
    const lines = said.map((line) => JSON.parse(line) as Finding | Summary);
    const findings = lines.filter((line): line is Finding => 'problem' in line);
    return { exit, findings, summary: (lines.find((line) => 'lastHead' in line) as Summary | undefined) ?? null };
  }

  async findings(earlier: SignedHead | null = null): Promise<string[]> {
    const { findings } = await this.verify(await this.export(), earlier);
    return findings.map(({ problem, position }) => `${problem} ${position ?? '-'}`);
  }
}
