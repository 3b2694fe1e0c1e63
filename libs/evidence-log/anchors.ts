import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { canonical, type SignedHead } from '#evidence';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { sign, waitAfter } from '#sending';
import { CONFIG } from '#service';
import { HEAD_COLUMNS, toHead, type HeadRow } from './rows.ts';
import { LOG_NAME } from './sealer.ts';
import type { EvidenceConfig } from './settings.ts';

type Target = 'folder' | 'url';

interface Due {
  readonly institutionId: string;
  readonly target: Target;
  readonly size: string;
}

const BATCH = 50;
const CLAIM_MS = 60_000;

/** Whole or not at all; the same head again is the same file. */
async function drop(folder: string, { log, institution, size }: SignedHead, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `.${randomUUID()}`);
  await writeFile(draft, text);
  await rename(draft, join(folder, `${log}-${encodeURIComponent(institution)}-${String(size).padStart(15, '0')}.json`));
}

/**
 * Leaves heads outside, where whoever rules our database does not rule: what was left there can be held against any later log. What is outstanding
 * stands in the table: tried again until it is there, and a target may get the same head twice.
 */
@Injectable()
export class Anchors {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Omit<EvidenceConfig, 'sealEveryMs' | 'evidenceKeyDays' | 'evidenceRecheckEveryMs'>,
    @Inject(LOG_NAME) private readonly log: string,
  ) {}

  /** Plans the newest head of every log, then leaves what is due; returns how many went. */
  async run(): Promise<number> {
    const targets = this.targets;
    if (targets.length === 0) return 0;
    const inAll = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, work);
    await inAll((tx) => this.plan(tx, targets));
    let went = 0;
    for (const due of await inAll((tx) => this.claim(tx, targets))) {
      const failure = await this.leave(due).then(() => null, toFailure);
      if (failure === null) went += 1;
      await inAll((tx) => this.settle(tx, due, failure));
    }
    return went;
  }

  private get targets(): Target[] {
    const { anchorFolder, anchorUrl } = this.config;
    return [...(anchorFolder === '' ? [] : (['folder'] as const)), ...(anchorUrl === '' ? [] : (['url'] as const))];
  }

  private async plan(tx: Tx, targets: readonly Target[]): Promise<void> {
    await tx.query(
      `insert into evidence_anchor (institution_id, target, size, next_at)
       select k.institution_id, t.target, h.size, clock_timestamp() from (select distinct institution_id from evidence_key) k
         cross join lateral (select size from evidence_head where institution_id = k.institution_id order by size desc limit 1) h
         cross join unnest($1::text[]) as t(target) order by 1, 2 on conflict do nothing`,
      [targets],
    );
  }

  /** What is due, and nobody else takes it for a while. */
  private async claim(tx: Tx, targets: readonly Target[]): Promise<Due[]> {
    return tx.query<Due>(
      `update evidence_anchor a set tries = tries + 1, next_at = clock_timestamp() + $3 * interval '1 millisecond'
       from (select institution_id, target, size from evidence_anchor where done_at is null and next_at <= clock_timestamp() and target = any($1)
         order by next_at limit $2 for update skip locked) d
       where a.institution_id = d.institution_id and a.target = d.target and a.size = d.size returning a.institution_id as "institutionId", a.target, a.size`,
      [targets, BATCH, CLAIM_MS + this.config.anchorTimeoutMs],
    );
  }

  private async leave({ institutionId, target, size }: Due): Promise<void> {
    const [row] = await inTransaction(this.database, { institutionId }, (tx) =>
      tx.query<HeadRow>(`select ${HEAD_COLUMNS} from evidence_head where institution_id = $1 and size = $2`, [institutionId, size]),
    );
    if (!row) throw new Error('head-gone');
    const head = toHead(this.log, institutionId, row);
    const text = canonical(head);
    if (target === 'folder') await drop(this.config.anchorFolder, head, `${text}\n`);
    else await this.post(text);
  }

  private async post(text: string): Promise<void> {
    const { anchorUrl, anchorSecret, anchorTimeoutMs } = this.config;
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (anchorSecret !== '') {
      const { timestamp, signature } = sign(anchorSecret, text, new Date());
      Object.assign(headers, { 'x-forbear-timestamp': timestamp, 'x-forbear-signature': signature });
    }
    const signal = AbortSignal.timeout(anchorTimeoutMs);
    const reply = await fetch(anchorUrl, { method: 'POST', body: text, headers, redirect: 'manual', signal });
    await reply.body?.cancel();
    if (!reply.ok) throw new Error(`status-${reply.status}`);
  }

  private async settle(tx: Tx, { institutionId, target, size }: Due, failure: string | null): Promise<void> {
    const [row] = await tx.query<{ tries: number }>(
      'select tries from evidence_anchor where institution_id = $1 and target = $2 and size = $3 for update',
      [institutionId, target, size],
    );
    await tx.query(
      `update evidence_anchor set done_at = case when $4::text is null then clock_timestamp() end, failure = $4,
         next_at = clock_timestamp() + $5 * interval '1 millisecond' where institution_id = $1 and target = $2 and size = $3`,
      [institutionId, target, size, failure, waitAfter(row?.tries ?? 1)],
    );
  }
}

// Codes alone: no addresses, no bodies.
const toFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'TimeoutError' ? 'timeout' : /^(status-\d+|head-gone)$/.test(error.message) ? error.message : 'unreachable';
};
