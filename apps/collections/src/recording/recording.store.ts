import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import type { RecordingKind } from './recording.dto.ts';

const URI = 'recording.uri';

export interface RecordingRecord {
  readonly id: string;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly timeZone: string;
  readonly attemptId: string | null;
  readonly agencyId: string | null;
  readonly kind: RecordingKind;
  readonly mediaType: string;
  readonly bytes: number | null;
  readonly sha256: string;
  readonly upload: string | null;
  readonly uri: string | null;
  readonly recordedAt: Date;
  readonly keepUntil: string;
  /** Whether the debt that it is bound to is cleared; null: it is bound to none. */
  readonly debtCleared: boolean | null;
  readonly heldAt: Date | null;
  /** Numbers of open complaints that keep it. */
  readonly complaints: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly destroyedAt: Date | null;
}

export interface NewRecording {
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly attemptId: string | null;
  readonly agencyId: string | null;
  readonly kind: RecordingKind;
  readonly mediaType: string;
  readonly bytes: number | null;
  readonly sha256: Buffer;
  readonly upload: string | null;
  readonly uri: string | null;
  readonly recordedAt: Date;
  readonly recordedOn: string;
  readonly keepYears: number;
  readonly keepUntil: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** A contact that a recording may be of. */
export interface AttemptRef {
  readonly caseUuid: string;
  readonly debtor: string;
  readonly agencyId: string | null;
  readonly channel: string;
  readonly at: Date;
  readonly permitted: boolean;
}

/** Whose eyes: an agency sees its own recordings of cases that it has; `createdBy`: only one's own. */
export interface Eyes {
  readonly institutionId: string;
  readonly agencyId: string | null;
}

export interface TermRecord {
  readonly kind: RecordingKind;
  readonly keepYears: number;
  readonly setBy: string;
  readonly setAt: Date;
}

export interface RecordingFilter {
  readonly caseUuid: string;
  readonly attemptId: string | null;
  readonly before: string | null;
  readonly limit: number;
}

type Row = Omit<RecordingRecord, 'uri' | 'bytes'> & { readonly uriSealed: Buffer | null; readonly bytes: string | null };

const COLUMNS = `r.id, r.collection_case as "caseUuid", c.case_id as "caseId", d.time_zone as "timeZone", r.attempt as "attemptId", r.agency_id as "agencyId", r.kind,
  r.media_type as "mediaType", r.bytes, encode(r.sha256, 'hex') as sha256, r.upload, r.uri_sealed as "uriSealed", r.recorded_at as "recordedAt", r.keep_until::text as "keepUntil",
  (select b.state = 'paid' or b.balance <= 0 from collection_case b where b.id = r.until_cleared) as "debtCleared",
  array(select b.number from recording_bond b where b.recording = r.id and b.released_at is null order by b.number) as complaints, r.held_at as "heldAt", r.created_by as "createdBy", r.created_at as "createdAt", r.destroyed_at as "destroyedAt"`;
const SEEN = `from recording r join collection_case c on c.id = r.collection_case join debtor d on d.id = c.debtor
  where r.institution_id = $1 and ($2::text is null or r.agency_id = $2 and c.agency_id = $2)`;

@Injectable()
export class RecordingStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  async findAttempt(tx: Tx, { institutionId, agencyId }: Eyes, id: string): Promise<AttemptRef | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<AttemptRef>(
      `select c.id as "caseUuid", c.debtor, d.agency_id as "agencyId", d.proposed->>'channel' as channel, coalesce(h.at, d.decided_at) as at, d.verdict = 'permitted' as permitted
       from decision d join collection_case c on c.id = d.collection_case left join contact h on h.id = d.id
       where d.id = $1 and d.institution_id = $2 and ($3::text is null or d.agency_id = $3 and c.agency_id = $3)`,
      [id, institutionId, agencyId],
    );
    return row ?? null;
  }

  async zoneOf(tx: Tx, caseUuid: string): Promise<string> {
    const [row] = await tx.query<{ zone: string }>(
      'select d.time_zone as zone from collection_case c join debtor d on d.id = c.debtor where c.id = $1',
      [caseUuid],
    );
    if (!row) throw new Error('the case has no debtor');
    return row.zone;
  }

  /** Null: the same file of the same contact is here already. */
  async add(tx: Tx, recording: NewRecording): Promise<string | null> {
    const uriSealed = recording.uri === null ? null : this.vault.seal(recording.uri, URI);
    const [row] = await tx.query<{ id: string }>(
      `insert into recording (institution_id, collection_case, attempt, agency_id, kind, media_type, bytes, sha256, upload, uri_sealed, recorded_at, recorded_on, keep_years,
         keep_until, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing returning id`,
      [
        recording.institutionId,
        recording.caseUuid,
        recording.attemptId,
        recording.agencyId,
        recording.kind,
        recording.mediaType,
        recording.bytes,
        recording.sha256,
        recording.upload,
        uriSealed,
        recording.recordedAt,
        recording.recordedOn,
        recording.keepYears,
        recording.keepUntil,
        recording.createdBy,
        recording.createdAt,
      ],
    );
    return row?.id ?? null;
  }

  async findSame(tx: Tx, attemptId: string | null, sha256: Buffer): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>('select id from recording where attempt = $1 and sha256 = $2 and destroyed_at is null', [
      attemptId,
      sha256,
    ]);
    return row?.id ?? null;
  }

  /** Locks it when it is to be changed. */
  async find(tx: Tx, { institutionId, agencyId }: Eyes, id: string, lock = false): Promise<RecordingRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<Row>(`select ${COLUMNS} ${SEEN} and r.id = $3 ${lock ? 'for no key update of r' : ''}`, [
      institutionId,
      agencyId,
      id,
    ]);
    return row ? this.toRecord(row) : null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    { institutionId, agencyId }: Eyes,
    { caseUuid, attemptId, before, limit }: RecordingFilter,
  ): Promise<RecordingRecord[]> {
    const rows = await tx.query<Row>(
      `select ${COLUMNS} ${SEEN} and r.collection_case = $3 and ($4::uuid is null or r.attempt = $4) and ($5::uuid is null or r.id < $5) order by r.id desc limit $6`,
      [institutionId, agencyId, caseUuid, attemptId, before, limit + 1],
    );
    return rows.map((row) => this.toRecord(row));
  }

  async hold(tx: Tx, id: string, held: { readonly at: Date; readonly by: string } | null): Promise<void> {
    await tx.query('update recording set held_at = $2, held_by = $3 where id = $1', [id, held?.at ?? null, held?.by ?? null]);
  }

  async bind(tx: Tx, id: string, caseUuid: string): Promise<boolean> {
    const bound = await tx.query('update recording set until_cleared = $2 where id = $1 and destroyed_at is null returning id', [
      id,
      caseUuid,
    ]);
    return bound.length > 0;
  }

  /** What the institution has said. */
  async terms(tx: Tx, institutionId: string): Promise<TermRecord[]> {
    return tx.query<TermRecord>(
      'select kind, keep_years as "keepYears", set_by as "setBy", set_at as "setAt" from recording_term where institution_id = $1 order by kind',
      [institutionId],
    );
  }

  /** Those that are kept already are kept as long, if that is longer. */
  async setTerm(tx: Tx, institutionId: string, { kind, keepYears, setBy, setAt }: TermRecord): Promise<void> {
    await tx.query(
      `insert into recording_term (kind, institution_id, keep_years, set_by, set_at) values ($1, $2, $3, $4, $5)
       on conflict (kind, institution_id) do update set keep_years = $3, set_by = $4, set_at = $5`,
      [kind, institutionId, keepYears, setBy, setAt],
    );
    await tx.query(
      `update recording set keep_years = $3, keep_until = (recorded_on + make_interval(years => $3))::date
       where institution_id = $2 and kind = $1 and keep_years < $3 and destroyed_at is null`,
      [kind, institutionId, keepYears],
    );
  }

  /** Locked; those that somebody else holds locked are left for the next night, and those that a legal hold or a longer rule of retention keeps. */
  async lockDue(tx: Tx, today: string, limit: number): Promise<(RecordingRecord & { readonly institutionId: string })[]> {
    const rows = await tx.query<Row & { readonly institutionId: string }>(
      `select ${COLUMNS}, r.institution_id as "institutionId" from recording r join collection_case c on c.id = r.collection_case join debtor d on d.id = c.debtor
         left join collection_case b on b.id = r.until_cleared
       where r.destroyed_at is null and r.held_at is null and r.keep_until < $1 and not exists (select from recording_bond b where b.recording = r.id and b.released_at is null)
         and (r.until_cleared is null or b.state = 'paid' or b.balance <= 0)
         and (r.recorded_on + make_interval(years => coalesce(retention_own_years(r.institution_id, 'recording'), 0)))::date < $1
         and retention_hold_of(r.institution_id, 'recording', r.recorded_on, array[d.debtor_id, d.id::text], array[c.case_id, c.id::text],
           array(select v from complaint_file f cross join lateral (values (f.complaint_id::text), (f.number)) as i(v) where f.debtor = d.id), array_remove(array[r.agency_id], null), false) is null
       order by r.keep_until, r.id limit $2 for update of r skip locked`,
      [today, limit],
    );
    return rows.map((row) => ({ ...this.toRecord(row), institutionId: row.institutionId }));
  }

  /** The rows stay, with what proves that they were destroyed. */
  async destroy(tx: Tx, ids: readonly string[], at: Date, reason: string): Promise<void> {
    await tx.query(
      `with gone as (
         insert into recording_proof (recording, institution_id, collection_case, sha256, bytes, recorded_at, kept_until, destroyed_at, reason)
         select id, institution_id, collection_case, sha256, bytes, recorded_at, keep_until, $2, $3 from recording where id = any($1))
       update recording set destroyed_at = $2, upload = null, uri_sealed = null where id = any($1)`,
      [ids, at, reason],
    );
  }

  private toRecord({ uriSealed, bytes, ...row }: Row): RecordingRecord {
    return { ...row, bytes: bytes === null ? null : Number(bytes), uri: uriSealed === null ? null : this.vault.open(uriSealed, URI) };
  }
}
