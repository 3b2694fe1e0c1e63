import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ScoredSignal } from './signals.ts';

export interface NewSignature {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly person: Buffer;
  readonly minhash: readonly number[];
  readonly words: readonly string[];
  readonly marks: readonly { readonly kind: 'text' | 'contact' | 'proxy'; readonly mark: Buffer }[];
}

/** What stands around a complaint: how many complainants share a mark with it, itself included, and which complaints. */
export interface Surroundings {
  readonly complaintId: string;
  readonly institutionId: string;
  readonly words: readonly string[];
  readonly flags: number;
  readonly shared: readonly {
    readonly kind: 'text' | 'contact' | 'proxy';
    readonly persons: number;
    readonly complaints: readonly string[];
  }[];
}

export interface NewScore {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly score: number;
  readonly signals: readonly ScoredSignal[];
  readonly settingsVersion: number;
}

/** How far one looks: so many of the newest a mark, so many complaints named. */
const MOST_A_MARK = 60;
const MOST_NAMED = 20;

// $1 ids, $2 days, $3 share of equal hashes that makes texts alike. Marks are equal or not; texts that share one are compared.
const SURROUNDINGS = `
  with one as materialized (
    select s.* from bad_faith_signature s where s.complaint = any($1)),
  near as materialized (
    select distinct o.complaint as id, m.kind, x.complaint as other
    from one o join bad_faith_mark m on m.complaint = o.complaint
    cross join lateral (
      select n.complaint from bad_faith_mark n
      where n.mark = m.mark and n.kind = m.kind and n.institution_id = m.institution_id and n.complaint <> m.complaint
        and n.received_at between o.received_at - make_interval(days => $2) and o.received_at + make_interval(days => $2)
      order by n.received_at desc limit ${MOST_A_MARK}) x),
  shared as (
    select n.id, n.kind, count(distinct s.person)::int + 1 as persons, (array_agg(n.other order by n.other desc))[1:${MOST_NAMED}] as complaints
    from near n join one o on o.complaint = n.id join bad_faith_signature s on s.complaint = n.other
    where s.person <> o.person and (n.kind <> 'text' or (
      select count(*) from unnest(o.minhash, s.minhash) as u(a, b) where u.a = u.b) >= $3::float8 * cardinality(o.minhash))
    group by n.id, n.kind)
  select o.complaint as "complaintId", o.institution_id as "institutionId", o.words,
    (select count(*)::int from bad_faith_flag f where f.complaint = o.complaint and f.withdrawn_at is null) as flags,
    coalesce((select json_agg(json_build_object('kind', h.kind, 'persons', h.persons, 'complaints', h.complaints) order by h.kind) from shared h where h.id = o.complaint), '[]') as shared
  from one o`;

const NEIGHBOURS = `
  select distinct x.complaint as id from bad_faith_mark m
  cross join lateral (
    select n.complaint from bad_faith_mark n where n.mark = m.mark and n.kind = m.kind and n.institution_id = m.institution_id and n.complaint <> m.complaint
    order by n.received_at desc limit ${MOST_A_MARK}) x
  where m.complaint = any($1) limit $2`;

/** Signatures and scores. All set-based: a batch is a handful of statements. */
@Injectable()
export class BadFaithStore {
  async sign(tx: Tx, signatures: readonly NewSignature[]): Promise<void> {
    if (signatures.length === 0) return;
    const incoming = signatures.map(({ institutionId, complaintId, person, minhash, words }) => ({
      institution: institutionId,
      complaint: complaintId,
      person: person.toString('hex'),
      minhash,
      words,
    }));
    await tx.query(
      `insert into bad_faith_signature (institution_id, complaint, received_at, person, minhash, words)
       select r.institution, r.complaint, c.received_at, decode(r.person, 'hex'), array(select json_array_elements_text(r.minhash)::int), array(select json_array_elements_text(r.words))
       from json_to_recordset($1) as r(institution text, complaint uuid, person text, minhash json, words json) join complaint c on c.id = r.complaint
       on conflict (complaint) do update set person = excluded.person, minhash = excluded.minhash, words = excluded.words`,
      [JSON.stringify(incoming)],
    );
    const marks = signatures.flatMap(({ institutionId, complaintId, marks: of }) =>
      of.map(({ kind, mark }) => ({ institution: institutionId, complaint: complaintId, kind, mark: mark.toString('hex') })),
    );
    await tx.query(
      `insert into bad_faith_mark (institution_id, complaint, kind, mark, received_at)
       select r.institution, r.complaint, r.kind, decode(r.mark, 'hex'), c.received_at
       from json_to_recordset($1) as r(institution text, complaint uuid, kind text, mark text) join complaint c on c.id = r.complaint on conflict do nothing`,
      [JSON.stringify(marks)],
    );
  }

  /** Complaints that share a mark with one of these. */
  async neighbours(tx: Tx, complaintIds: readonly string[], limit: number): Promise<string[]> {
    return (await tx.query<{ id: string }>(NEIGHBOURS, [complaintIds, limit])).map(({ id }) => id);
  }

  async surroundings(
    tx: Tx,
    complaintIds: readonly string[],
    { windowDays, alikePercent }: { readonly windowDays: number; readonly alikePercent: number },
  ): Promise<Surroundings[]> {
    return tx.query(SURROUNDINGS, [complaintIds, windowDays, alikePercent / 100]);
  }

  async keepScores(tx: Tx, scores: readonly NewScore[], at: Date): Promise<void> {
    if (scores.length === 0) return;
    await tx.query(
      `insert into bad_faith_score (institution_id, complaint, score, signals, settings_version, computed_at)
       select r.institution, r.complaint, r.score, r.signals, r.version, $2
       from json_to_recordset($1) as r(institution text, complaint uuid, score integer, signals jsonb, version integer)
       on conflict (complaint) do update set score = excluded.score, signals = excluded.signals, settings_version = excluded.settings_version, computed_at = excluded.computed_at`,
      [
        JSON.stringify(
          scores.map(({ institutionId, complaintId, score, signals, settingsVersion }) => ({
            institution: institutionId,
            complaint: complaintId,
            score,
            signals,
            version: settingsVersion,
          })),
        ),
        at,
      ],
    );
  }

  /** The institution of each of these that has a signature. */
  async institutionsOf(tx: Tx, complaintIds: readonly string[]): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(`select complaint as id, institution_id as "institutionId" from bad_faith_signature where complaint = any($1)`, [
      complaintIds,
    ]);
  }
}
