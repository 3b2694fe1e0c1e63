import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { AgencyRoom, Block, CaseFacts, Totals } from './blocks.ts';

/** Who moves cases, and why. */
export interface Move {
  readonly by: string;
  readonly cause: 'hand' | 'list' | 'allocation' | 'import' | 'recall';
  readonly reasonSealed: Buffer | null;
  readonly allocation?: string | null;
  readonly at: Date;
}

export interface Moved {
  readonly id: string;
  readonly caseId: string;
  readonly agencyId: string;
}

export interface NewProposal {
  readonly caseUuid: string;
  readonly agencyId: string;
  readonly noticeAt: Date | null;
  readonly readyAt: Date | null;
}

export interface ProposalRecord {
  readonly id: string;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly agencyId: string;
  readonly state: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly reasonSealed: Buffer;
  readonly allocation: string | null;
  readonly cause: Move['cause'];
  readonly noticeAt: Date | null;
  readonly readyAt: Date | null;
  readonly endedAt: Date | null;
  readonly blocks: readonly Block[];
}

const OPEN = `state in ('awaiting-notice', 'awaiting-time')`;
const PROPOSAL = `p.id, p.collection_case as "caseUuid", c.case_id as "caseId", p.agency_id as "agencyId", p.state, p.proposed_by as "proposedBy", p.proposed_at as "proposedAt",
  p.reason_sealed as "reasonSealed", p.allocation, p.cause, p.notice_at as "noticeAt", p.ready_at as "readyAt", p.ended_at as "endedAt", p.blocks`;

@Injectable()
export class EntrustmentStore {
  /** One at a time entrusts in an institution, so that capacities and shares are exact; agencies' standing stays as it is meanwhile. */
  async lock(tx: Tx, institutionId: string, agencyIds: readonly string[]): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 41))', [institutionId]);
    await tx.query('select from agency where institution_id = $1 and agency_id = any($2) order by id for share', [
      institutionId,
      agencyIds,
    ]);
  }

  /** Locks the cases; by the ids given at import or by our own. */
  async lockCases(tx: Tx, institutionId: string, ids: readonly string[], ownAgency: string | null = null): Promise<Moved[]> {
    return tx.query<Moved>(
      `select id, case_id as "caseId", agency_id as "agencyId" from collection_case where institution_id = $1 and (case_id = any($2) or id = any($3))
         and ($4::text is null or agency_id = $4) order by id for no key update`,
      [institutionId, ids, ids.filter(isUuid), ownAgency],
    );
  }

  /** What is known of cases that are to go to an agency. A hold that is limited to another agency, to persons or to channels keeps nothing. */
  async facts(
    tx: Tx,
    caseUuids: readonly string[],
    agencyId: string | null,
    at: Date,
    kinds: readonly string[] | null,
  ): Promise<CaseFacts[]> {
    return tx.query<CaseFacts>(
      `select c.id, c.case_id as "caseId", d.debtor_id as "debtorId", c.state, c.product, d.region, c.balance::text as balance, c.currency, c.agency_id as "agencyId",
         (select coalesce(array_agg(distinct h.kind order by h.kind), '{}') from hold h where h.debtor = c.debtor and h.from_at <= $3 and (h.until_at is null or h.until_at > $3)
           and ($4::text[] is null or h.kind = any($4))
           and (h.scope::jsonb = '{}' or h.scope::jsonb = jsonb_build_object('agencyId', $2::text))) as holds,
         (select p.agency_id from entrustment_proposal p where p.collection_case = c.id and p.${OPEN}) as "waitsFor"
       from collection_case c join debtor d on d.id = c.debtor where c.id = any($1) order by c.id`,
      [caseUuids, agencyId, at, kinds],
    );
  }

  /** What the agencies are, and what their contracts of the local day cover. */
  async rooms(tx: Tx, institutionId: string, agencyIds: readonly string[], day: string): Promise<AgencyRoom[]> {
    return tx.query<AgencyRoom>(
      `select a.agency_id as "agencyId", a.status, a.published, a.contract_from::text as "contractFrom", a.contract_to::text as "contractTo",
         a.last_evaluated_on::text as "lastEvaluatedOn", k.max_open_cases as "maxOpenCases", (select e.total::float8 from agency_evaluation e where e.agency_id = a.agency_id and e.institution_id = a.institution_id and e.state = 'confirmed'
             order by e.evaluated_on desc, e.decided_at desc limit 1) as score,
         (select json_agg(json_build_object('products', k.products, 'regions', k.regions) order by k.contract_no) from (
             select distinct on (t.contract_no) t.* from agency_contract t where t.agency_id = a.agency_id and t.institution_id = a.institution_id
             order by t.contract_no, t.version desc) k
           where $3::date between k.valid_from and k.valid_to) as scopes,
         (select count(*)::integer from collection_case c where c.agency_id = a.agency_id and c.institution_id = a.institution_id and c.state = 'open') as "openCases",
         (select count(*)::integer from entrustment_proposal p where p.agency_id = a.agency_id and p.institution_id = a.institution_id and p.${OPEN}) as waiting
       from agency a left join agency_capacity k on k.agency_id = a.agency_id and k.institution_id = a.institution_id
       where a.institution_id = $1 and a.agency_id = any($2) order by a.agency_id`,
      [institutionId, agencyIds, day],
    );
  }

  async totals(tx: Tx, institutionId: string, currency: string): Promise<Totals> {
    const [row] = await tx.query<Totals>(
      `select count(*)::integer as open, (count(*) filter (where o))::integer as outside,
         coalesce(sum(balance), 0)::float8 as "openAmount", coalesce(sum(balance) filter (where o), 0)::float8 as "outsideAmount"
       from (select greatest(c.balance, 0) as balance,
           c.agency_id is not null or exists (select from entrustment_proposal p where p.collection_case = c.id and p.${OPEN}) as o
         from collection_case c where c.institution_id = $1 and c.state = 'open' and c.currency = $2) t`,
      [institutionId, currency],
    );
    return row ?? { open: 0, outside: 0, openAmount: 0, outsideAmount: 0 };
  }

  /** Says for the ledger who moves cases in this transaction, and why. */
  private async says(tx: Tx, { by, cause, reasonSealed, allocation = null, at }: Move): Promise<void> {
    const said = { by, cause, reason: reasonSealed?.toString('base64'), allocation: allocation ?? undefined, at: at.toISOString() };
    await tx.query(`select set_config('app.move', $1, true)`, [JSON.stringify(said)]);
  }

  /** Gives the cases to the agency, each with its notice. */
  async entrust(tx: Tx, cases: readonly { id: string; noticeAt: Date }[], agencyId: string, move: Move): Promise<void> {
    await this.says(tx, move);
    await tx.query(
      `update collection_case c set agency_id = $2, referral_notice_at = r."noticeAt" from json_to_recordset($1) as r(id uuid, "noticeAt" timestamptz) where c.id = r.id`,
      [JSON.stringify(cases), agencyId],
    );
  }

  /** Takes back those of the cases that an agency has. */
  async recall(tx: Tx, caseUuids: readonly string[], move: Move): Promise<Moved[]> {
    await this.says(tx, move);
    return tx.query<Moved>(
      `with held as (select id, agency_id from collection_case where id = any($1) and agency_id is not null order by id for no key update),
         taken as (update collection_case c set agency_id = null, referral_notice_at = null from held where c.id = held.id returning c.id, c.case_id, held.agency_id)
       select id, case_id as "caseId", agency_id as "agencyId" from taken order by id`,
      [caseUuids],
    );
  }

  async propose(tx: Tx, institutionId: string, proposals: readonly NewProposal[], move: Move): Promise<void> {
    await tx.query(
      `insert into entrustment_proposal (institution_id, collection_case, agency_id, proposed_by, proposed_at, cause, reason_sealed, allocation, notice_at, ready_at, state)
       select $1, r."caseUuid", r."agencyId", $3, $4, $5, $6, $7, r."noticeAt", r."readyAt", case when r."noticeAt" is null then 'awaiting-notice' else 'awaiting-time' end
       from json_to_recordset($2) as r("caseUuid" uuid, "agencyId" text, "noticeAt" timestamptz, "readyAt" timestamptz)`,
      [institutionId, JSON.stringify(proposals), move.by, move.at, move.cause, move.reasonSealed, move.allocation ?? null],
    );
  }

  /** Proposals that wait, of these cases or of an allocation; the rows are ours until the transaction ends. */
  async pending(
    tx: Tx,
    of: { readonly caseUuids: readonly string[] } | { readonly allocation: string },
    limit = 1000,
  ): Promise<ProposalRecord[]> {
    const [condition, value] = 'allocation' in of ? ['p.allocation = $1', of.allocation] : ['p.collection_case = any($1)', of.caseUuids];
    return tx.query<ProposalRecord>(
      `select ${PROPOSAL} from entrustment_proposal p join collection_case c on c.id = p.collection_case
       where ${condition} and p.${OPEN} order by p.id limit $2 for update of p`,
      [value, limit],
    );
  }

  /** Of any institution: those whose time has come. */
  async ready(tx: Tx, at: Date | null, limit: number): Promise<(ProposalRecord & { readonly institutionId: string })[]> {
    return tx.query(
      `select ${PROPOSAL}, p.institution_id as "institutionId" from entrustment_proposal p join collection_case c on c.id = p.collection_case
       where p.state = 'awaiting-time' and p.ready_at <= coalesce($1, clock_timestamp()) order by p.ready_at, p.id limit $2`,
      [at, limit],
    );
  }

  async noteNotice(tx: Tx, ids: readonly string[], noticeAt: Date, readyAt: Date): Promise<void> {
    await tx.query(
      `update entrustment_proposal set notice_at = $2, ready_at = $3, state = 'awaiting-time' where id = any($1) and ${OPEN}`,
      [ids, noticeAt, readyAt],
    );
  }

  async end(
    tx: Tx,
    ends: readonly { id: string; state: string; blocks: readonly Block[] }[],
    { by, at }: { readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.query(
      `update entrustment_proposal p set state = r.state, blocks = r.blocks, ended_at = $2, ended_by = $3
       from json_to_recordset($1) as r(id uuid, state text, blocks json) where p.id = r.id`,
      [JSON.stringify(ends), at, by],
    );
  }
}
