import { Injectable } from '@nestjs/common';
import { recordRead } from '#evidence-log';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { ObjectionState } from './objection.dto.ts';

export interface ObjectionRecord {
  readonly id: string;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly partyId: string;
  readonly kind: string;
  readonly channel: string;
  readonly disputedSealed: Buffer;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly evidence: string | null;
  readonly raisedAt: Date;
  readonly raisedBy: string;
  readonly raisedAgency: string | null;
  readonly holdId: string;
  readonly holdUntil: Date | null;
  readonly state: ObjectionState;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly factsSealed: Buffer | null;
  readonly basis: string | null;
  readonly coreReference: string | null;
  readonly balanceBefore: string | null;
  readonly balanceAfter: string | null;
  readonly caseStateAfter: string | null;
  readonly toldAt: Date | null;
  readonly toldHow: string | null;
  readonly toldEvidence: string | null;
  readonly withdrawalEvidence: string | null;
}

export interface CaseOf {
  readonly caseUuid: string;
  readonly caseId: string;
  readonly debtor: string;
  readonly agencyId: string | null;
  readonly balance: string;
  readonly currency: string;
  readonly state: string;
}

export interface NewObjection {
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly partyId: string;
  readonly kind: string;
  readonly channel: string;
  readonly disputedSealed: Buffer;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly evidence: string | null;
  readonly raisedAt: Date;
  readonly raisedBy: string;
  readonly raisedAgency: string | null;
  readonly holdId: string;
}

export interface Decision {
  readonly state: 'upheld' | 'rejected' | 'withdrawn';
  readonly by: string;
  readonly at: Date;
  readonly factsSealed: Buffer | null;
  readonly basis: string | null;
  readonly coreReference: string | null;
  readonly balanceBefore: string | null;
  readonly balanceAfter: string | null;
  readonly caseStateAfter: string | null;
  readonly withdrawalEvidence: string | null;
}

export interface ObjectionFilter {
  readonly institutionId: string;
  readonly own: string | null;
  readonly state: string | null;
  readonly untold: boolean;
  readonly caseId: string | null;
  readonly before: string | null;
  readonly limit: number;
}

const COLUMNS = `o.id, o.collection_case as "caseUuid", c.case_id as "caseId", c.agency_id as "agencyId", o.party_id as "partyId", o.kind, o.channel,
  o.disputed_sealed as "disputedSealed", o.amount::text as amount, o.currency, o.evidence, o.raised_at as "raisedAt", o.raised_by as "raisedBy",
  o.raised_agency as "raisedAgency", o.hold as "holdId", h.until_at as "holdUntil", o.state, o.decided_by as "decidedBy", o.decided_at as "decidedAt",
  o.facts_sealed as "factsSealed", o.basis, o.core_reference as "coreReference", o.balance_before::text as "balanceBefore", o.balance_after::text as "balanceAfter",
  o.case_state_after as "caseStateAfter", o.told_at as "toldAt", o.told_how as "toldHow", o.told_evidence as "toldEvidence", o.withdrawal_evidence as "withdrawalEvidence"`;
const FROM = 'objection o join collection_case c on c.id = o.collection_case join hold h on h.id = o.hold';

@Injectable()
export class ObjectionStore {
  /** Our id of a case, by the id given at import or by our own. */
  async findCase(tx: Tx, institutionId: string, own: string | null, id: string): Promise<string | null> {
    const [row] = await tx.query<{ caseUuid: string }>(
      `select id as "caseUuid" from collection_case
       where institution_id = $1 and (case_id = $2 or id = $3) and ($4::text is null or agency_id = $4) order by (case_id = $2) desc limit 1`,
      [institutionId, id, isUuid(id) ? id : null, own],
    );
    return row?.caseUuid ?? null;
  }

  /** Of two that object at once, the second finds the objection of the first. */
  async lockCase(tx: Tx, institutionId: string, caseUuid: string): Promise<CaseOf | null> {
    const [row] = await tx.query<CaseOf>(
      `select id as "caseUuid", case_id as "caseId", debtor, agency_id as "agencyId", balance::text as balance, currency, state from collection_case
       where institution_id = $1 and id = $2 for no key update`,
      [institutionId, caseUuid],
    );
    return row ?? null;
  }

  /** The given id of a party of the case; without an id that of the debtor. */
  async party(tx: Tx, caseUuid: string, id: string | null): Promise<string | null> {
    const [row] = await tx.query<{ partyId: string }>(
      `select party_id as "partyId" from party where collection_case = $1 and ended_at is null and (case when $2::text is null then role = 'debtor' else party_id = $2 or id::text = $2 end)
       order by (party_id = $2) desc, id limit 1`,
      [caseUuid, id],
    );
    return row?.partyId ?? null;
  }

  async openOf(tx: Tx, caseUuid: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `select id from objection where collection_case = $1 and (state = 'open' or state in ('upheld', 'rejected') and told_at is null) limit 1`,
      [caseUuid],
    );
    return row?.id ?? null;
  }

  async add(tx: Tx, row: NewObjection): Promise<string> {
    const [made] = await tx.query<{ id: string }>(
      `insert into objection (institution_id, collection_case, debtor, party_id, kind, channel, disputed_sealed, amount, currency, evidence, raised_at, raised_by, raised_agency, hold)
       select $1, id, debtor, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from collection_case where id = $2 returning id`,
      [
        row.institutionId,
        row.caseUuid,
        row.partyId,
        row.kind,
        row.channel,
        row.disputedSealed,
        row.amount,
        row.currency,
        row.evidence,
        row.raisedAt,
        row.raisedBy,
        row.raisedAgency,
        row.holdId,
      ],
    );
    if (!made) throw new Error('the objection was not stored');
    return made.id;
  }

  async find(tx: Tx, institutionId: string, own: string | null, id: string): Promise<ObjectionRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<ObjectionRecord>(
      `select ${COLUMNS} from ${FROM} where o.id = $1 and o.institution_id = $2 and ($3::text is null or c.agency_id = $3)`,
      [id, institutionId, own],
    );
    return row ?? null;
  }

  /** The same, and nobody else's until the transaction ends. */
  async lock(tx: Tx, institutionId: string, own: string | null, id: string): Promise<ObjectionRecord | null> {
    if (!isUuid(id)) return null;
    await tx.query('select from objection where id = $1 and institution_id = $2 for update', [id, institutionId]);
    return this.find(tx, institutionId, own, id);
  }

  /** The newest first, before the id. */
  async list(tx: Tx, filter: ObjectionFilter): Promise<ObjectionRecord[]> {
    return tx.query<ObjectionRecord>(
      `select ${COLUMNS} from ${FROM} where o.institution_id = $1 and ($2::text is null or c.agency_id = $2) and ($3::text is null or o.state = $3)
         and (not $4 or o.state in ('upheld', 'rejected') and o.told_at is null) and ($5::text is null or c.case_id = $5) and ($6::uuid is null or o.id < $6)
       order by o.id desc limit $7`,
      [filter.institutionId, filter.own, filter.state, filter.untold, filter.caseId, filter.before, filter.limit + 1],
    );
  }

  /** Whether the person has spoken with somebody on this case, or asked for it. */
  async hasCalled(tx: Tx, institutionId: string, caseUuid: string, subject: string): Promise<boolean> {
    const [row] = await tx.query<{ called: boolean }>(
      `select exists (select from decision d where d.collection_case = $2 and d.requested_by = $3 and d.verdict = 'permitted')
         or exists (select from contact k join collection_case c on c.case_id = k.case_id and c.institution_id = $1
           where k.institution_id = $1 and c.id = $2 and k.debtor_id = (select debtor_id from debtor where id = c.debtor) and $3 = any(k.collector_ids)) as called`,
      [institutionId, caseUuid, subject],
    );
    return row?.called ?? false;
  }

  async decide(tx: Tx, id: string, decision: Decision): Promise<void> {
    await tx.query(
      `update objection set state = $2, decided_by = $3, decided_at = $4, facts_sealed = $5, basis = $6, core_reference = $7, balance_before = $8, balance_after = $9,
         case_state_after = $10, withdrawal_evidence = $11 where id = $1`,
      [
        id,
        decision.state,
        decision.by,
        decision.at,
        decision.factsSealed,
        decision.basis,
        decision.coreReference,
        decision.balanceBefore,
        decision.balanceAfter,
        decision.caseStateAfter,
        decision.withdrawalEvidence,
      ],
    );
  }

  /** The case as the core system has corrected it; the next file says the same. */
  async correct(tx: Tx, caseUuid: string, { balance, state }: { readonly balance: string; readonly state: string }): Promise<void> {
    await tx.query('update collection_case set balance = $2, state = $3 where id = $1', [caseUuid, balance, state]);
  }

  async tell(
    tx: Tx,
    id: string,
    told: { readonly at: Date; readonly how: string; readonly evidence: string; readonly by: string },
  ): Promise<void> {
    await tx.query('update objection set told_at = $2, told_how = $3, told_evidence = $4, told_by = $5 where id = $1', [
      id,
      told.at,
      told.how,
      told.evidence,
      told.by,
    ]);
  }

  async noteRead(
    tx: Tx,
    read: { institutionId: string; subject: string; clientId: string | null; ids: readonly string[]; requestId: string },
  ): Promise<void> {
    await recordRead(tx, { ...read, resource: 'objection', resourceIds: read.ids, fields: ['disputed', 'facts'] });
  }
}
