import type { MigrationInterface, QueryRunner } from 'typeorm';

// The agency of a payment is the one that had the case when it was paid; of a reversal, that of the payment it takes back.
const statements = `
create function agency_of_case_at(p_case uuid, p_at timestamptz) returns text language sql stable as $f$
  select agency_id from entrustment where collection_case = p_case and from_at <= p_at and (until_at is null or until_at > p_at) order by from_at desc, id desc limit 1
$f$;
select set_config('app.institution', '*', true);
update payment p set agency_id = agency_of_case_at(p.collection_case, p.paid_at)
  where p.reversal_of is null and p.agency_id is distinct from agency_of_case_at(p.collection_case, p.paid_at);
update payment r set agency_id = p.agency_id from payment p where p.id = r.reversal_of and r.agency_id is distinct from p.agency_id;
`;

export class PaymentOfItsDay1795910409001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
