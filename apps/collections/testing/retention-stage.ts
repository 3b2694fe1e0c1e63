import type { Principal } from '#auth';
import { retentionRoomOf, type RetentionRoom } from '#retention';
import { retentionKinds } from '../src/retention/retention.ts';
import { BANK, principal, type Stage } from './stage.ts';

export const asker = principal('compliance', { subject: 'asker' });
export const approver = principal('compliance', { subject: 'approver' });

export const retentionAt = ({ source, clock, vault }: Stage, retentionTimeZone = 'Asia/Shanghai'): RetentionRoom =>
  retentionRoomOf({ database: source, clock, vault, config: { retentionTimeZone } }, retentionKinds);

/** Somebody read something personal at this instant; gives the id of the note. */
export async function noteRead(stage: Stage, at: string, resourceId = 'C1', institutionId = BANK): Promise<string> {
  const [row] = await stage.sql<{ id: string }>(
    `insert into personal_data_read (institution_id, subject, client_id, resource, resource_ids, fields, request_id, read_at)
     values ($1, 'u1', null, 'case', $2, '{name}', 'r', $3) returning id`,
    [institutionId, [resourceId], at],
    institutionId,
  );
  return row?.id ?? '';
}

/** Looks what may go. */
export async function look(room: RetentionRoom, kinds: readonly string[], more: { asOf?: string; by?: Principal } = {}) {
  const by = more.by ?? asker;
  const { id } = await room.runs.create(by, { mode: 'dry-run', kinds: [...kinds], asOf: more.asOf }, null);
  await room.runner.run(by.institutionId, id);
  return room.runs.find(by, id);
}

/** Looks, asks and approves; the destruction is left to a runner. */
export async function approved(room: RetentionRoom, kinds: readonly string[]): Promise<string> {
  const looked = await look(room, kinds);
  const { id } = await room.runs.create(asker, { mode: 'destroy', dryRun: looked.id }, null);
  await room.runs.decide(approver, id, { decision: 'approve', listRoot: looked.listRoot }, null);
  return id;
}

export async function destroyed(room: RetentionRoom, kinds: readonly string[]) {
  const id = await approved(room, kinds);
  await room.runner.run(BANK, id);
  return room.runs.find(asker, id);
}
