import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { Audience } from '../report.dto.ts';

export const CHANNELS = ['portal', 'email', 'sftp', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

export const ADDRESS_CONTEXT = 'report_target.address';

export interface NewTarget {
  readonly name: string;
  readonly channel: Channel;
  readonly addressSealed: Buffer | null;
  readonly shown: string;
  readonly kinds: readonly string[] | null;
  readonly audience: Audience | null;
}

export interface TargetRecord extends Omit<NewTarget, 'addressSealed'> {
  readonly id: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

const COLUMNS = `id, name, channel, shown, kinds, audience, created_by as "createdBy", created_at as "createdAt"`;

@Injectable()
export class TargetStore {
  /** Null: the name is taken. */
  async insert(tx: Tx, institutionId: string, target: NewTarget, by: string, now: Date): Promise<TargetRecord | null> {
    const { name, channel, addressSealed, shown, kinds, audience } = target;
    const [row] = await tx.query<TargetRecord>(
      `insert into report_target (institution_id, name, channel, address_sealed, shown, kinds, audience, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (institution_id, name) where removed_at is null do nothing returning ${COLUMNS}`,
      [institutionId, name, channel, addressSealed, shown, kinds, audience, by, now],
    );
    if (!row) return null;
    // Without where it leads: addresses are personal, and secrets among them.
    const address = addressSealed && createHash('sha256').update(addressSealed).digest('hex');
    const body = { targetId: row.id, change: 'added', channel, kinds, audience, addressSealedSha256: address };
    await append(tx, institutionId, [{ kind: 'report-target', actor: by, body }]);
    return row;
  }

  async find(tx: Tx, institutionId: string, id: string, hold = false): Promise<TargetRecord | null> {
    const [row] = await tx.query<TargetRecord>(
      `select ${COLUMNS} from report_target where institution_id = $1 and id = $2 and removed_at is null ${hold ? 'for update' : ''}`,
      [institutionId, id],
    );
    return row ?? null;
  }

  async list(tx: Tx, institutionId: string, before: string | null, limit: number): Promise<TargetRecord[]> {
    return tx.query(
      `select ${COLUMNS} from report_target where institution_id = $1 and removed_at is null and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [institutionId, before, limit],
    );
  }

  /** Its address goes with it. */
  async remove(tx: Tx, id: string, by: string, now: Date): Promise<void> {
    const [row] = await tx.query<{ institutionId: string; channel: Channel }>(
      `update report_target set removed_by = $2, removed_at = $3, address_sealed = null where id = $1 returning institution_id as "institutionId", channel`,
      [id, by, now],
    );
    if (!row) return;
    const body = { targetId: id, change: 'removed', channel: row.channel };
    await append(tx, row.institutionId, [{ kind: 'report-target', actor: by, body }]);
  }
}
