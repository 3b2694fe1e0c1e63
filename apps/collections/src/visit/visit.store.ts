import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import type { EntryConsent, PhotoPlace, VisitState } from './visit.dto.ts';

const SHOWN_TO = 'visit.shownTo';
const CONSENT_OF = 'visit.consentOf';
const EVIDENCE = 'visit.consentEvidence';

export interface PhotoRecord {
  readonly id: string;
  readonly place: PhotoPlace;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly takenAt: string;
  readonly by: string;
}

export interface VisitRecord {
  readonly id: string;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly timeZone: string;
  readonly attemptId: string;
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[];
  readonly plannedFor: Date;
  readonly plannedBy: string;
  readonly permitExpiresAt: Date;
  readonly arrivedAt: Date | null;
  readonly identityShownAt: Date | null;
  readonly shownTo: string | null;
  readonly consent: EntryConsent | null;
  readonly consentAskedAt: Date | null;
  readonly consentOf: string | null;
  readonly consentEvidence: string | null;
  readonly enteredAt: Date | null;
  readonly leftAt: Date | null;
  readonly cameraRecordingId: string | null;
  readonly result: string | null;
  readonly state: VisitState;
  readonly photos: readonly PhotoRecord[];
}

type Sealed = 'shownTo' | 'consentOf' | 'consentEvidence';
type Row = Omit<VisitRecord, Sealed> & {
  readonly shownToSealed: Buffer | null;
  readonly consentOfSealed: Buffer | null;
  readonly evidenceSealed: Buffer | null;
};

export interface Reach {
  readonly institutionId: string;
  readonly agencyId: string | null;
}

const STATE = `case when h.result is not null then 'done' when v.left_at is not null then 'left' when v.arrived_at is not null then 'arrived'
  when h.lapses_at <= $3 then 'lapsed' else 'planned' end`;
const COLUMNS = `v.id, v.collection_case as "caseUuid", c.case_id as "caseId", d.time_zone as "timeZone", v.attempt as "attemptId", v.agency_id as "agencyId",
  v.collector_ids as "collectorIds", v.planned_for as "plannedFor", v.planned_by as "plannedBy", h.lapses_at as "permitExpiresAt", v.arrived_at as "arrivedAt",
  v.identity_shown_at as "identityShownAt", v.shown_to_sealed as "shownToSealed", v.consent, v.consent_asked_at as "consentAskedAt",
  v.consent_of_sealed as "consentOfSealed", v.consent_evidence_sealed as "evidenceSealed", v.entered_at as "enteredAt", v.left_at as "leftAt",
  v.camera_recording as "cameraRecordingId", h.result, ${STATE} as state,
  (select coalesce(json_agg(json_build_object('id', p.id, 'place', p.place, 'mediaType', p.media_type, 'bytes', p.bytes, 'sha256', encode(p.sha256, 'hex'),
    'takenAt', p.taken_at, 'by', p.by) order by p.id), '[]') from visit_photo p where p.visit = v.id) as photos`;
const FROM = `from visit v join collection_case c on c.id = v.collection_case join debtor d on d.id = c.debtor join contact h on h.id = v.attempt
  where v.institution_id = $1 and ($2::text is null or v.agency_id = $2 and c.agency_id = $2)`;

@Injectable()
export class VisitStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  /** Once for each permit. */
  async add(
    tx: Tx,
    visit: {
      readonly institutionId: string;
      readonly attempt: string;
      readonly collectorIds: readonly string[];
      readonly plannedFor: Date;
      readonly by: string;
      readonly at: Date;
    },
  ): Promise<{ id: string; isNew: boolean }> {
    const [made] = await tx.query<{ id: string }>(
      `insert into visit (institution_id, collection_case, attempt, agency_id, collector_ids, planned_for, planned_by, planned_at)
       select $1, d.collection_case, d.id, d.agency_id, $3, $4, $5, $6 from decision d where d.id = $2 on conflict (attempt) do nothing returning id`,
      [visit.institutionId, visit.attempt, visit.collectorIds, visit.plannedFor, visit.by, visit.at],
    );
    if (made) return { id: made.id, isNew: true };
    const [known] = await tx.query<{ id: string }>('select id from visit where attempt = $1', [visit.attempt]);
    if (!known) throw new Error('the visit was not stored');
    return { id: known.id, isNew: false };
  }

  /** Locks it when it is to be changed. */
  async find(tx: Tx, { institutionId, agencyId }: Reach, id: string, now: Date, lock = false): Promise<VisitRecord | null> {
    if (!isUuid(id)) return null;
    if (lock) await tx.query('select 1 from visit where id = $1 for no key update', [id]);
    const [row] = await tx.query<Row>(`select ${COLUMNS} ${FROM} and v.id = $4`, [institutionId, agencyId, now, id]);
    return row ? this.toRecord(row) : null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    { institutionId, agencyId }: Reach,
    filter: { readonly state: VisitState | null; readonly caseUuid: string | null; readonly before: string | null; readonly limit: number },
    now: Date,
  ): Promise<VisitRecord[]> {
    const rows = await tx.query<Row>(
      `select ${COLUMNS} ${FROM} and ($4::text is null or ${STATE} = $4) and ($5::uuid is null or v.collection_case = $5) and ($6::uuid is null or v.id < $6)
       order by v.id desc limit $7`,
      [institutionId, agencyId, now, filter.state, filter.caseUuid, filter.before, filter.limit + 1],
    );
    return rows.map((row) => this.toRecord(row));
  }

  async arrive(tx: Tx, id: string, at: Date, shownTo: string | null): Promise<void> {
    await tx.query(
      `update visit set arrived_at = coalesce(arrived_at, $2), identity_shown_at = coalesce(identity_shown_at, case when $3::bytea is not null then $2::timestamptz end),
         shown_to_sealed = coalesce(shown_to_sealed, $3) where id = $1`,
      [id, at, shownTo === null ? null : this.vault.seal(shownTo, SHOWN_TO)],
    );
  }

  async ask(
    tx: Tx,
    id: string,
    entry: { readonly consent: EntryConsent; readonly of: string; readonly evidence: string | null; readonly at: Date },
  ): Promise<void> {
    await tx.query(
      `update visit set consent = $2, consent_of_sealed = $3, consent_evidence_sealed = $4, consent_asked_at = $5, entered_at = case when $2 = 'given' then $5::timestamptz end
       where id = $1`,
      [
        id,
        entry.consent,
        this.vault.seal(entry.of, CONSENT_OF),
        entry.evidence === null ? null : this.vault.seal(entry.evidence, EVIDENCE),
        entry.at,
      ],
    );
  }

  async leave(tx: Tx, id: string, at: Date, cameraRecording: string | null): Promise<void> {
    await tx.query('update visit set left_at = $2, camera_recording = coalesce($3, camera_recording) where id = $1', [
      id,
      at,
      cameraRecording,
    ]);
  }

  /** Null: the same photo is here already. */
  async addPhoto(
    tx: Tx,
    photo: {
      readonly institutionId: string;
      readonly visit: string;
      readonly upload: string;
      readonly mediaType: string;
      readonly bytes: number;
      readonly sha256: Buffer;
      readonly place: PhotoPlace;
      readonly takenAt: Date;
      readonly by: string;
      readonly at: Date;
    },
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into visit_photo (institution_id, visit, upload, media_type, bytes, sha256, place, taken_at, by, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (visit, sha256) do nothing returning id`,
      [
        photo.institutionId,
        photo.visit,
        photo.upload,
        photo.mediaType,
        photo.bytes,
        photo.sha256,
        photo.place,
        photo.takenAt,
        photo.by,
        photo.at,
      ],
    );
    return row?.id ?? null;
  }

  async findPhoto(tx: Tx, visit: string, id: string): Promise<{ upload: string; mediaType: string; bytes: number } | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<{ upload: string; mediaType: string; bytes: string }>(
      'select upload, media_type as "mediaType", bytes from visit_photo where id = $2 and visit = $1',
      [visit, id],
    );
    return row ? { ...row, bytes: Number(row.bytes) } : null;
  }

  private toRecord({ shownToSealed, consentOfSealed, evidenceSealed, ...row }: Row): VisitRecord {
    const open = (sealed: Buffer | null, context: string): string | null => (sealed === null ? null : this.vault.open(sealed, context));
    return {
      ...row,
      shownTo: open(shownToSealed, SHOWN_TO),
      consentOf: open(consentOfSealed, CONSENT_OF),
      consentEvidence: open(evidenceSealed, EVIDENCE),
    };
  }
}
