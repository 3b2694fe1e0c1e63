import { Injectable } from '@nestjs/common';
import { recordRead } from '#evidence-log';
import type { Tx } from '#pg';
import type { ComplaintRecord, NewComplaint } from './complaint.record.ts';
import { COMPLAINT_COLUMNS } from './complaint.columns.ts';

export interface StoredComplaint {
  readonly id: string;
  readonly number: string;
  /** Which of those given. */
  readonly n: number;
}

export interface PersonalDataRead {
  readonly institutionId: string;
  readonly subject: string;
  readonly clientId: string | null;
  readonly resourceIds: readonly string[];
  readonly fields: readonly string[];
  readonly requestId: string;
}

const base64 = (bytes: Buffer | null): string | null => bytes && bytes.toString('base64');

const toIncoming = (complaint: NewComplaint, n: number): object => ({
  n,
  external_ref: complaint.externalRef,
  hash: base64(complaint.contentHash),
  channel: complaint.channel,
  category: complaint.category,
  received_at: complaint.receivedAt,
  registered_at: complaint.registeredAt,
  zone: complaint.timeZone,
  pack: complaint.pack,
  name: base64(complaint.nameSealed),
  id_number: base64(complaint.idNumberSealed),
  id_index: base64(complaint.idNumberIndex),
  contact: base64(complaint.contactSealed),
  contact_index: base64(complaint.contactIndex),
  proxy: base64(complaint.proxySealed),
  account: complaint.account,
  subject: base64(complaint.subjectSealed),
  narrative: base64(complaint.narrativeSealed),
  requests: base64(complaint.requestsSealed),
  agency: complaint.agencyId,
  collector: complaint.collectorId,
  staff: complaint.staffId,
  group_size: complaint.groupSize,
  source: complaint.source,
  registered_by: complaint.registeredBy,
  by_handler: complaint.registeredByHandler,
  handler: complaint.handler,
  state: complaint.state,
  term_id: complaint.termId,
  day0: complaint.day0,
  due_on: complaint.dueOn,
  due_at: complaint.dueAt,
  provisional: complaint.provisional,
  decided_at: complaint.decidedAt,
  told_at: complaint.toldAt,
  closed_at: complaint.closedAt,
  due_set_at: complaint.dueSetAt,
  version: complaint.ledgerVersion,
});

const INSERT = `
  with put as (
    insert into complaint (institution_id, number, external_ref, content_hash, channel, category, received_at, registered_at, time_zone, pack, name_sealed, id_number_sealed,
      id_number_index, contact_sealed, contact_index, proxy_sealed, account, subject_sealed, narrative_sealed, requests_sealed, against_agency_id, against_collector_id,
      against_staff_id, group_size, source, registered_by, registered_by_handler, handler, state, term_id, day0, due_on, due_at, provisional, due_set_at, decided_at, told_at,
      closed_at, ledger_version, wake_at)
    select $1, new_complaint_number(registered_at, zone), external_ref, decode(hash, 'base64'), channel, category, received_at, registered_at, zone, pack, decode(name, 'base64'),
      decode(id_number, 'base64'), decode(id_index, 'base64'), decode(contact, 'base64'), decode(contact_index, 'base64'), decode(proxy, 'base64'), account,
      decode(subject, 'base64'), decode(narrative, 'base64'), decode(requests, 'base64'), agency, collector, staff, group_size, source, registered_by, by_handler, handler,
      state, term_id, day0, due_on, due_at, provisional, due_set_at, decided_at, told_at, closed_at, version,
      -- As next_wake, which would look among the milestones of others for those of a complaint that can have none yet.
      (select min(o.at) from owed_milestones(due_on, due_at, zone, due_set_at) o where closed_at is null and state <> 'paused')
    from json_to_recordset($2) as r(n integer, external_ref text, hash text, channel text, category text, received_at timestamptz, registered_at timestamptz, zone text, pack text,
      name text, id_number text, id_index text, contact text, contact_index text, proxy text, account text, subject text, narrative text, requests text, agency text,
      collector text, staff text, group_size integer, source text, registered_by text, by_handler boolean, handler text, state text, term_id text, day0 date, due_on date,
      due_at timestamptz, provisional boolean, decided_at timestamptz, told_at timestamptz, closed_at timestamptz, due_set_at timestamptz, version integer)
    -- A number is drawn for what goes in; of two that come at once, the conflict leaves one out.
    where external_ref is null or not exists (select from complaint k where k.institution_id = $1 and k.external_ref = r.external_ref)
    order by n
    on conflict on constraint complaint_external_ref do nothing
    returning id, number, content_hash, external_ref),
  -- Whoever sorts complaints looks at it later: nobody waits for that here.
  arrived as (insert into arrival (institution_id, complaint, work) select $1, p.id, w.work from put p cross join unnest(array['classification', 'bad-faith', 'major']) as w(work))
  select id, number, translate(encode(content_hash, 'base64'), E'\\n', '') as hash, external_ref as "externalRef" from put`;

@Injectable()
export class ComplaintStore {
  /** Registers complaints, in their order; those whose external reference is known are left out of the answer. */
  async insert(tx: Tx, institutionId: string, complaints: readonly NewComplaint[]): Promise<StoredComplaint[]> {
    if (complaints.length === 0) return [];
    const rows = await tx.query<{ id: string; number: string; hash: string; externalRef: string | null }>(
      INSERT,
      [institutionId, JSON.stringify(complaints.map(toIncoming))],
      'complaint-insert',
    );
    // Content and reference tell which is which: of two with both the same, either may be either.
    const keyOf = (hash: string | null, externalRef: string | null): string => `${hash}\u001f${externalRef ?? ''}`;
    const byKey = new Map<string, { id: string; number: string }[]>();
    for (const { id, number, hash, externalRef } of rows) {
      const key = keyOf(hash, externalRef);
      byKey.set(key, [...(byKey.get(key) ?? []), { id, number }]);
    }
    return complaints.flatMap(({ contentHash, externalRef }, n) => {
      const stored = byKey.get(keyOf(base64(contentHash), externalRef))?.shift();
      return stored ? [{ ...stored, n }] : [];
    });
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<ComplaintRecord | null> {
    const [row] = await tx.query<ComplaintRecord>(
      `select ${COMPLAINT_COLUMNS} from complaint c where c.institution_id = $1 and c.id = $2`,
      [institutionId, id],
    );
    return row ?? null;
  }

  /** Those of these that there are, in no order. */
  findAll(tx: Tx, institutionId: string, ids: readonly string[]): Promise<ComplaintRecord[]> {
    return tx.query<ComplaintRecord>(`select ${COMPLAINT_COLUMNS} from complaint c where c.institution_id = $1 and c.id = any($2)`, [
      institutionId,
      ids,
    ]);
  }

  /** The same, and nobody else changes it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<ComplaintRecord | null> {
    const [row] = await tx.query<ComplaintRecord>(
      `select ${COMPLAINT_COLUMNS} from complaint c where c.institution_id = $1 and c.id = $2 for update`,
      [institutionId, id],
    );
    return row ?? null;
  }

  /** Those that go on as this one, however many steps away, the oldest first. */
  async mergedInto(tx: Tx, id: string): Promise<ComplaintRecord[]> {
    return tx.query<ComplaintRecord>(
      `with recursive joined(id) as (
         select d.later from duplicate_decision d where d.earlier = $1 and d.decision <> 'separate'
         union select d.later from joined j join duplicate_decision d on d.earlier = j.id and d.decision <> 'separate')
       select ${COMPLAINT_COLUMNS} from joined j join complaint c on c.id = j.id where c.state = 'merged' order by c.id`,
      [id],
    );
  }

  async findByRefs(
    tx: Tx,
    institutionId: string,
    externalRefs: readonly string[],
  ): Promise<{ id: string; externalRef: string; contentHash: Buffer }[]> {
    return tx.query(
      `select id, external_ref as "externalRef", content_hash as "contentHash" from complaint where institution_id = $1 and external_ref = any($2)`,
      [institutionId, externalRefs],
    );
  }

  async lockLoads(tx: Tx, institutionId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtext('assignment'), hashtext($1))`, [institutionId]);
  }

  async assign(tx: Tx, id: string, handler: string): Promise<void> {
    await tx.query('update complaint set handler = $2 where id = $1', [id, handler]);
  }

  /** Notes that personal data of these complaints were shown unmasked. */
  async noteRead(tx: Tx, read: PersonalDataRead): Promise<void> {
    await recordRead(tx, { ...read, resource: 'complaint' });
  }

  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    if (!row) throw new Error('no time');
    return row.now;
  }
}
