import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { PlanState, PlanTermsRequest } from './plan.dto.ts';

export interface InstalmentRow {
  readonly n: number;
  readonly dueOn: string;
  readonly principal: string;
  readonly interest: string;
  readonly fee: string;
  readonly amount: string;
}

/** What a draft says. */
export interface DraftContent {
  readonly terms: PlanTermsRequest;
  readonly hardship: string;
  readonly circumstancesSealed: Buffer;
  readonly currency: string;
  readonly owed: string;
  readonly total: string;
  readonly months: number;
  readonly firstDueOn: string;
  readonly lastDueOn: string;
  readonly replaces: string | null;
  readonly instalments: readonly InstalmentRow[];
}

export interface PlanRecord extends DraftContent {
  readonly id: string;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly debtor: string;
  readonly debtId: string;
  /** The agency that has the case now. */
  readonly entrustedTo: string | null;
  readonly balance: string;
  /** Of the debtor now; an active plan keeps the zone that it was agreed in. */
  readonly debtorZone: string;
  readonly agencyId: string | null;
  readonly state: PlanState;
  readonly draftedBy: string;
  readonly draftedAt: Date;
  readonly proposedBy: string | null;
  readonly proposedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly agreedAt: Date | null;
  readonly termFrom: string | null;
  readonly upload: string | null;
  readonly documentSha256: string | null;
  readonly recording: string | null;
  readonly activatedAt: Date | null;
  readonly timeZone: string | null;
  readonly graceDays: number | null;
  readonly hold: string | null;
  readonly breaksAt: Date | null;
  readonly nextInstalment: number | null;
  readonly paid: string;
  readonly forgivenUntil: Date | null;
  readonly brokenAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

export interface Activation {
  readonly id: string;
  readonly institutionId: string;
  readonly debtor: string;
  readonly now: Date;
  readonly by: string;
  readonly agreedAt: Date;
  readonly termFrom: string;
  readonly upload: string | null;
  readonly documentSha256: Buffer | null;
  readonly recording: string | null;
  readonly timeZone: string;
  readonly graceDays: number;
  readonly breaksAt: Date;
  readonly next: number;
  readonly paid: string;
}

export interface PlanFilter {
  readonly institutionId: string;
  /** Only those of cases entrusted to this agency; null: all. */
  readonly entrustedTo: string | null;
  readonly id?: string;
  readonly caseUuid?: string;
  readonly state?: PlanState | undefined;
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = `p.id, p.collection_case as "caseUuid", c.case_id as "caseId", c.debtor, c.debt_id as "debtId", c.agency_id as "entrustedTo", c.balance::text as balance,
  d.time_zone as "debtorZone", p.agency_id as "agencyId", p.state, p.currency, p.terms, p.hardship, p.circumstances_sealed as "circumstancesSealed", p.owed::text as owed,
  p.total::text as total, p.months, p.first_due_on::text as "firstDueOn", p.last_due_on::text as "lastDueOn", p.replaces, p.drafted_by as "draftedBy",
  p.drafted_at as "draftedAt", p.proposed_by as "proposedBy", p.proposed_at as "proposedAt", p.approved_by as "approvedBy", p.approved_at as "approvedAt",
  p.agreed_at as "agreedAt", p.term_from::text as "termFrom", p.upload, encode(p.document_sha256, 'hex') as "documentSha256", p.recording,
  p.activated_at as "activatedAt", p.time_zone as "timeZone", p.grace_days as "graceDays", p.hold, p.breaks_at as "breaksAt", p.next_instalment as "nextInstalment",
  p.paid::text as paid, p.forgiven_until as "forgivenUntil", p.broken_at as "brokenAt", p.ended_at as "endedAt", p.end_reason as "endReason",
  (select coalesce(json_agg(json_build_object('n', i.n, 'dueOn', i.due_on, 'principal', i.principal::text, 'interest', i.interest::text, 'fee', i.fee::text,
    'amount', i.amount::text) order by i.n), '[]') from plan_instalment i where i.plan = p.id) as instalments`;
const FROM = 'from plan p join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor';

@Injectable()
export class PlanStore {
  /** Newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: PlanFilter): Promise<PlanRecord[]> {
    const { institutionId, entrustedTo, id = null, caseUuid = null, state = null, after, limit } = filter;
    return tx.query<PlanRecord>(
      `select ${COLUMNS} ${FROM}
       where p.institution_id = $1 and ($2::text is null or c.agency_id = $2) and ($3::uuid is null or p.id = $3) and ($4::uuid is null or p.collection_case = $4)
         and ($5::text is null or p.state = $5) and ($6::uuid is null or p.id < $6) order by p.id desc limit $7`,
      [institutionId, entrustedTo, id, caseUuid, state, after, limit + 1],
    );
  }

  /** Locks the case and then the plan, as everyone does who changes a plan: payments on the case wait. Null also for one of another agency’s case. */
  async lock(tx: Tx, institutionId: string, id: string, entrustedTo: string | null): Promise<PlanRecord | null> {
    if (!isUuid(id)) return null;
    await tx.query(
      'select id from collection_case where id = (select collection_case from plan where id = $1 and institution_id = $2) for no key update',
      [id, institutionId],
    );
    await tx.query('select id from plan where id = $1 and institution_id = $2 for update', [id, institutionId]);
    const [row] = await this.list(tx, { institutionId, entrustedTo, id, after: null, limit: 1 });
    return row ?? null;
  }

  /** Two that draft on one debt at once, perhaps in two of the debtor's cases: the second waits. */
  async lockDebtor(tx: Tx, debtor: string): Promise<void> {
    await tx.query('select id from debtor where id = $1 for no key update', [debtor]);
  }

  /** Plans on the debt that are not over, in whichever of the debtor's cases it stands. */
  async openOn(tx: Tx, debtor: string, debtId: string): Promise<{ id: string; state: PlanState; termFrom: string | null }[]> {
    return tx.query(
      `select p.id, p.state, p.term_from::text as "termFrom" from plan p join collection_case c on c.id = p.collection_case
       where c.debtor = $1 and c.debt_id = $2 and p.state in ('draft', 'proposed', 'approved', 'active') order by p.id`,
      [debtor, debtId],
    );
  }

  async add(
    tx: Tx,
    institutionId: string,
    { caseUuid, agencyId, by, at }: { readonly caseUuid: string; readonly agencyId: string | null; readonly by: string; readonly at: Date },
    content: DraftContent,
  ): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into plan (institution_id, collection_case, agency_id, state, drafted_by, drafted_at, currency, terms, hardship, circumstances_sealed, owed, total, months,
         first_due_on, last_due_on, replaces)
       values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id`,
      [institutionId, caseUuid, agencyId, by, at, ...valuesOf(content)],
    );
    if (!row) throw new Error('a plan was not stored');
    await this.putInstalments(tx, institutionId, row.id, content.instalments);
    return row.id;
  }

  async revise(
    tx: Tx,
    institutionId: string,
    id: string,
    { by, at }: { readonly by: string; readonly at: Date },
    content: DraftContent,
  ): Promise<void> {
    await tx.query(
      `update plan set drafted_by = $2, drafted_at = $3, currency = $4, terms = $5, hardship = $6, circumstances_sealed = $7, owed = $8, total = $9, months = $10,
         first_due_on = $11, last_due_on = $12, replaces = $13 where id = $1`,
      [id, by, at, ...valuesOf(content)],
    );
    await tx.query('delete from plan_instalment where plan = $1', [id]);
    await this.putInstalments(tx, institutionId, id, content.instalments);
  }

  async propose(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query(`update plan set state = 'proposed', proposed_by = $2, proposed_at = $3 where id = $1`, [id, by, at]);
  }

  async approve(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query(`update plan set state = 'approved', approved_by = $2, approved_at = $3 where id = $1`, [id, by, at]);
  }

  /** Back to whoever drafted it. */
  async giveBack(tx: Tx, id: string): Promise<void> {
    await tx.query(
      `update plan set state = 'draft', proposed_by = null, proposed_at = null, approved_by = null, approved_at = null where id = $1`,
      [id],
    );
  }

  /** With a hold on the debtor that begins now and ends when the plan breaks. */
  async activate(tx: Tx, { id, institutionId, debtor, now, ...agreement }: Activation): Promise<void> {
    const { agreedAt, termFrom, upload, documentSha256, recording, by, timeZone, graceDays, breaksAt, next, paid } = agreement;
    await tx.query(
      `with made as (
         insert into hold (institution_id, debtor, kind, from_at, until_at) values ($1, $3, 'plan-active', $4, $13) returning id
       )
       update plan set state = 'active', agreed_at = $5, term_from = $6, upload = $7, document_sha256 = $8, recording = $9, activated_by = $10, activated_at = $4,
         time_zone = $11, grace_days = $12, hold = made.id, breaks_at = $13, next_instalment = $14, paid = $15
       from made where plan.id = $2`,
      [
        institutionId,
        id,
        debtor,
        now,
        agreedAt,
        termFrom,
        upload,
        documentSha256,
        recording,
        by,
        timeZone,
        graceDays,
        breaksAt,
        next,
        paid,
      ],
    );
  }

  /** Takes a broken plan up again; what was missed until now is forgiven. */
  async reinstate(
    tx: Tx,
    id: string,
    { now, breaksAt, next }: { readonly now: Date; readonly breaksAt: Date; readonly next: number },
  ): Promise<void> {
    await tx.query(
      `with made as (
         insert into hold (institution_id, debtor, kind, from_at, until_at)
         select p.institution_id, c.debtor, 'plan-active', $2, $3 from plan p join collection_case c on c.id = p.collection_case where p.id = $1 returning id
       )
       update plan set state = 'active', forgiven_until = $2, hold = made.id, breaks_at = $3, next_instalment = $4, broken_at = null from made where plan.id = $1`,
      [id, now, breaksAt, next],
    );
  }

  /** Ends it, and its hold where it has one. */
  async end(tx: Tx, id: string, reason: 'cancelled' | 'replaced', now: Date): Promise<void> {
    await tx.query(
      `with ended as (
         update plan set state = 'cancelled', end_reason = $2, ended_at = $3, breaks_at = null, next_instalment = null where id = $1 returning hold
       )
       update hold h set until_at = least(coalesce(h.until_at, 'infinity'), greatest($3, h.from_at + interval '1 millisecond')) from ended where h.id = ended.hold`,
      [id, reason, now],
    );
  }

  /** Whether it is of this case and still there. */
  async isRecordingOf(tx: Tx, recording: string, caseUuid: string): Promise<boolean> {
    const found = await tx.query('select from recording where id = $1 and collection_case = $2 and destroyed_at is null', [
      recording,
      caseUuid,
    ]);
    return found.length > 0;
  }

  /** The debtor's cases: what is held is whoever owes. */
  async casesOf(tx: Tx, debtor: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('select id from collection_case where debtor = $1 order by id', [debtor]);
    return rows.map(({ id }) => id);
  }

  private async putInstalments(tx: Tx, institutionId: string, plan: string, instalments: readonly InstalmentRow[]): Promise<void> {
    await tx.query(
      `insert into plan_instalment (institution_id, plan, n, due_on, principal, interest, fee, amount)
       select $1, $2, n, "dueOn", principal, interest, fee, amount
       from json_to_recordset($3) as r(n integer, "dueOn" date, principal numeric, interest numeric, fee numeric, amount numeric)`,
      [institutionId, plan, JSON.stringify(instalments)],
    );
  }
}

const valuesOf = (content: DraftContent): unknown[] => [
  content.currency,
  JSON.stringify(content.terms),
  content.hardship,
  content.circumstancesSealed,
  content.owed,
  content.total,
  content.months,
  content.firstDueOn,
  content.lastDueOn,
  content.replaces,
];
