import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- Money that came in on a case, as core banking says: never changed. A reversal is a row of its own, with an amount below zero, so that a sum is always the truth.
create table payment (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  payment_id text not null,
  collection_case uuid not null references collection_case,
  -- Who had the case when the payment became known; null: the bank.
  agency_id text,
  paid_at timestamptz not null,
  amount numeric(18,2) not null check (amount <> 0),
  currency text not null,
  -- The payment that this one takes back, in whole or in part.
  reversal_of uuid references payment,
  balance_after numeric(18,2),
  booked_at timestamptz not null,
  booked_by text not null,
  constraint payment_given_id unique (payment_id, institution_id),
  check ((amount < 0) = (reversal_of is not null))
);
create index payment_case on payment (collection_case, paid_at);
create index payment_reversal on payment (reversal_of) where reversal_of is not null;
create index payment_agency on payment (agency_id, paid_at);

-- What a debtor promised to pay by a day.
create table promise (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  -- The contact in which it was made; null: the debtor said so otherwise.
  attempt uuid,
  -- Who had the case when it was made; null: the bank.
  agency_id text,
  amount numeric(18,2) not null check (amount > 0),
  currency text not null,
  due_on date not null,
  state text not null default 'open' check (state in ('open', 'kept', 'broken', 'withdrawn')),
  -- What of the payments counts towards it.
  paid numeric(18,2) not null default 0,
  made_at timestamptz not null,
  made_by text not null,
  note_sealed bytea,
  -- The grace that was in force when it was made, and the first instant at which it is broken unless kept.
  grace_days integer not null,
  breaks_at timestamptz not null,
  settled_at timestamptz,
  check ((state = 'open') = (settled_at is null))
);
create index promise_case on promise (collection_case, due_on);
create index promise_open on promise (breaks_at) where state = 'open';
create index promise_due on promise (due_on) where state = 'open';

-- What an institution has set for promises and repayment plans: the last row holds, what was set before stays.
create table repayment_setting (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  promise_grace_days integer not null check (promise_grace_days between 0 and 31),
  promise_longest_days integer not null check (promise_longest_days between 1 and 366),
  plan_grace_days integer not null check (plan_grace_days between 0 and 31),
  -- Up to which amount of a currency a collections manager approves a plan: {"CNY": "50000.00"}; above, and in any other currency, the head office.
  approval_limits json not null default '{}',
  set_by text not null,
  set_at timestamptz not null
);
`;

export class CreatePaymentAndPromise1795910406000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
