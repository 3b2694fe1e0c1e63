import { BANK, type Stage } from './stage.ts';

/** A row of each sealed column of entrusting, allocations, objections, proofs and changes of who is who; there are cases already. */
export async function sealPortfolio(stage: Stage, seal: (context: string) => Buffer): Promise<void> {
  const [one] = await stage.sql<{ id: string; debtor: string }>(`select id, debtor from collection_case order by case_id limit 1`);
  if (!one) throw new Error('there is no case');
  const { id, debtor } = one;
  const reason = seal('entrustment.reason');
  await stage.sql(
    `insert into entrustment (institution_id, collection_case, agency_id, from_at, until_at, begun_by, ended_by, begun_cause, ended_cause, reason_sealed, end_reason_sealed, balance, currency)
     values ($1, $2, 'A1', now(), now(), 's', 's', 'hand', 'recall', $3, $3, 1, 'CNY')`,
    [BANK, id, reason],
  );
  await stage.sql(
    `insert into entrustment_proposal (institution_id, collection_case, agency_id, proposed_by, proposed_at, cause, reason_sealed) values ($1, $2, 'A1', 's', now(), 'hand', $3)`,
    [BANK, id, reason],
  );
  await stage.sql(
    `with rule as (insert into allocation_rule (institution_id, name, version, content, created_by, created_at) values ($1, 'r', 1, '{}', 's', now()) returning id)
     insert into allocation (institution_id, rule, requested_by, order_reason_sealed) select $1, id, 's', $2 from rule`,
    [BANK, seal('allocation.reason')],
  );
  await stage.sql(
    `with stop as (insert into hold (institution_id, debtor, kind, from_at, until_at) values ($1, $3, 'objection-open', '2020-01-01', '2020-01-02') returning id)
     insert into objection (institution_id, collection_case, debtor, party_id, kind, channel, disputed_sealed, facts_sealed, raised_at, raised_by, hold)
     select $1, $2, $3, 'P1', 'paid', 'voice', $4, $5, now(), 's', id from stop`,
    [BANK, id, debtor, seal('objection.disputed'), seal('objection.facts')],
  );
  await stage.sql(
    `with file as (insert into upload (institution_id, file_name, bytes, sha256) values ($1, 'x', 0, '') returning id)
     insert into proof (institution_id, collection_case, resource, upload, file_name_sealed, media_type, bytes, sha256, added_by, added_at)
     select $1, $2, 'hold/x', id, $3, 'text/plain', 0, '', 's', now() from file`,
    [BANK, id, seal('proof.fileName')],
  );
  await stage.sql(
    `insert into debtor_change (institution_id, kind, from_debtor, to_debtor, name_sealed, id_number_sealed, reason_sealed, evidence, proposed_by, proposed_at)
     values ($1, 'split', 'x', 'y', $2, $3, $4, 'e', 's', now())`,
    [BANK, seal('debtor.name'), seal('debtor.idNumber'), seal('debtor_change.reason')],
  );
  await stage.sql(
    `insert into party_proposal (institution_id, collection_case, party_id, role, name_sealed, basis, reason_sealed, proposed_by, proposed_at)
     values ($1, $2, 'P9', 'guarantor', $3, 'b', $4, 's', now())`,
    [BANK, id, seal('party.name'), seal('party_proposal.reason')],
  );
}
