import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { MediationKind, MediationOutcome } from './mediation.dto.ts';

export interface MediationRecord {
  readonly id: string;
  readonly complaintId: string;
  readonly kind: MediationKind;
  readonly organisation: string;
  readonly subjectSealed: Buffer;
  readonly bankAppliedBy: string | null;
  readonly bankAppliedAt: Date | null;
  readonly complainantAppliedBy: string | null;
  readonly complainantAppliedAt: Date | null;
  readonly consentAt: Date | null;
  readonly consentSealed: Buffer | null;
  readonly complainantToldAt: Date | null;
  readonly beganAt: Date;
  readonly paused: boolean;
  /** Code and source, a space between. */
  readonly pauseRefused: string | null;
  readonly files: readonly string[];
  readonly begunBy: string;
  readonly recordedAt: Date;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly outcome: MediationOutcome | null;
  readonly termsSealed: Buffer | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly agreedOn: string | null;
  readonly agreedRefused: string | null;
  readonly endFiles: readonly string[];
}

type Begun =
  | 'complaintId'
  | 'kind'
  | 'organisation'
  | 'subjectSealed'
  | 'bankAppliedBy'
  | 'bankAppliedAt'
  | 'complainantAppliedBy'
  | 'complainantAppliedAt'
  | 'consentAt'
  | 'consentSealed'
  | 'complainantToldAt'
  | 'beganAt'
  | 'paused'
  | 'pauseRefused'
  | 'files'
  | 'begunBy'
  | 'recordedAt';
export type NewMediation = Pick<MediationRecord, Begun> & { readonly institutionId: string };
export type MediationEnd = Pick<
  MediationRecord,
  'endedAt' | 'endedBy' | 'outcome' | 'termsSealed' | 'amount' | 'currency' | 'agreedOn' | 'agreedRefused' | 'endFiles'
>;

const COLUMNS = `
  id, complaint as "complaintId", kind, organisation, subject_sealed as "subjectSealed", bank_applied_by as "bankAppliedBy", bank_applied_at as "bankAppliedAt",
  complainant_applied_by as "complainantAppliedBy", complainant_applied_at as "complainantAppliedAt", consent_at as "consentAt", consent_sealed as "consentSealed",
  complainant_told_at as "complainantToldAt", began_at as "beganAt", paused, pause_refused as "pauseRefused", files, begun_by as "begunBy", recorded_at as "recordedAt",
  ended_at as "endedAt", ended_by as "endedBy", outcome, terms_sealed as "termsSealed", amount::text as amount, currency, agreed_on as "agreedOn",
  agreed_refused as "agreedRefused", end_files as "endFiles"`;

@Injectable()
export class MediationStore {
  async add(tx: Tx, one: NewMediation): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into mediation (institution_id, complaint, kind, organisation, subject_sealed, bank_applied_by, bank_applied_at, complainant_applied_by, complainant_applied_at,
         consent_at, consent_sealed, complainant_told_at, began_at, paused, pause_refused, files, begun_by, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) returning id`,
      [
        one.institutionId,
        one.complaintId,
        one.kind,
        one.organisation,
        one.subjectSealed,
        one.bankAppliedBy,
        one.bankAppliedAt,
        one.complainantAppliedBy,
        one.complainantAppliedAt,
        one.consentAt,
        one.consentSealed,
        one.complainantToldAt,
        one.beganAt,
        one.paused,
        one.pauseRefused,
        one.files,
        one.begunBy,
        one.recordedAt,
      ],
    );
    return row?.id ?? '';
  }

  async complaintOf(tx: Tx, institutionId: string, id: string): Promise<string | null> {
    const [row] = await tx.query<{ complaint: string }>('select complaint from mediation where institution_id = $1 and id = $2', [
      institutionId,
      id,
    ]);
    return row?.complaint ?? null;
  }

  async find(tx: Tx, id: string): Promise<MediationRecord | null> {
    const [row] = await tx.query<MediationRecord>(`select ${COLUMNS} from mediation where id = $1`, [id]);
    return row ?? null;
  }

  async ofComplaint(tx: Tx, complaintId: string): Promise<MediationRecord[]> {
    return tx.query<MediationRecord>(`select ${COLUMNS} from mediation where complaint = $1 order by id`, [complaintId]);
  }

  async end(tx: Tx, id: string, end: MediationEnd): Promise<void> {
    await tx.query(
      `update mediation set ended_at = $2, ended_by = $3, outcome = $4, terms_sealed = $5, amount = $6, currency = $7, agreed_on = $8, agreed_refused = $9, end_files = $10
       where id = $1`,
      [id, end.endedAt, end.endedBy, end.outcome, end.termsSealed, end.amount, end.currency, end.agreedOn, end.agreedRefused, end.endFiles],
    );
  }
}
