/** Runs SQL and gives the rows. */
export type Run = <Row>(sql: string, values: readonly unknown[]) => Promise<Row[]>;

export interface OpenComplaints {
  readonly count?: number;
  readonly institutionId?: string;
  /** Local date of receipt; due fifteen days later. */
  readonly receivedOn: string;
  /** When the due date was set; at the receipt when left out. */
  readonly setAt?: string;
  readonly handler?: string | null;
  readonly timeZone?: string;
  /** As `sealData` would seal it; what cannot be opened when left out. */
  readonly subjectSealed?: Buffer;
  readonly category?: string;
}

// As a registration puts them down, without its timeline and its hold.
const INSERT = `
  insert into complaint (institution_id, number, content_hash, channel, category, received_at, registered_at, time_zone, pack, name_sealed, contact_sealed, subject_sealed, narrative_sealed,
    requests_sealed, source, registered_by, handler, state, term_id, day0, due_on, due_at, due_set_at, wake_at)
  select $1, new_complaint_number(r.at, $4), '\\x00', 'phone', $8, r.at, r.at, $4, 'cn-banking-2020', b.blob, b.blob, coalesce($7, b.blob), b.blob || b.blob || b.blob || b.blob, b.blob, 'import', 'system', $6,
    'running', 'decide', $3::date, d.due_on, d.due_at, s.at, w.at
  from generate_series(1, $2),
    lateral (select ($3::date + time '09:00') at time zone $4 as at) r,
    lateral (select $3::date + 15 as due_on, ($3::date + 16)::timestamp at time zone $4 as due_at) d,
    lateral (select coalesce($5::timestamptz, r.at) as at) s,
    -- What next_wake would say of a complaint that has had no milestone yet.
    lateral (select min(o.at) as at from owed_milestones(d.due_on, d.due_at, $4, s.at) o) w,
    lateral (select decode(repeat('5a', 64), 'hex') as blob) b
  returning id`;

/** Puts open complaints down, any number of them alike; their ids. */
export async function openComplaints(run: Run, one: OpenComplaints): Promise<string[]> {
  const { count = 1, institutionId = 'bank-1', receivedOn, setAt, handler, timeZone = 'Asia/Shanghai', subjectSealed, category } = one;
  const rows = await run<{ id: string }>(INSERT, [
    institutionId,
    count,
    receivedOn,
    timeZone,
    setAt ?? null,
    handler ?? null,
    subjectSealed ?? null,
    category ?? null,
  ]);
  return rows.map(({ id }) => id);
}
