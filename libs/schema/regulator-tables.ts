/** The table of libs/regulator: what regulators were shown. Part of migrations that have run: never changed. */
export const regulatorTables = `
create table regulator_read (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  subject text not null,
  client_id text,
  method text not null,
  route text not null,
  resource text not null,
  query text not null,
  status integer not null,
  minute timestamptz not null,
  times integer not null default 1 check (times >= 1),
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Who reloads or waits for progress is counted, not listed again.
  constraint regulator_read_minute unique (institution_id, subject, minute, route, resource, query, method, status)
);
create index regulator_read_listed on regulator_read (institution_id, id desc);
`;
