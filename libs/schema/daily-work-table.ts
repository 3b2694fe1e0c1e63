/** The table of `claimDay` in libs/jobs. Part of migrations that have run: never changed. */
export const dailyWorkTable = `
create table daily_work (
  name text not null,
  day date not null,
  claimed_at timestamptz not null default clock_timestamp(),
  primary key (name, day)
);
`;
