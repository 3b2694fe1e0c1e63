/**
 * When rows and numbers were first read to be just so, and what was sealed by then: whoever makes the same of the same data makes the same bytes.
 * Part of migrations that have run: never changed.
 */
export const reportPinTable = `
create table report_pin (
  institution_id text not null,
  -- Of kind, period, zone, subject, numbers and rows.
  content_sha256 bytea not null,
  as_of timestamptz not null,
  evidence_head json,
  primary key (content_sha256, institution_id)
);
`;
