/** The table of libs/evidence-log that says whose sign-in is recorded already. Part of migrations that have run: never changed. */
export const signInTable = `
create table sign_in (
  institution_id text not null,
  subject text not null,
  -- The SHA-256 of what tells one sign-in from the next; of a machine, of its day.
  session bytea not null,
  at timestamptz not null default clock_timestamp(),
  primary key (institution_id, subject, session)
);
create index sign_in_old on sign_in (at);
`;
