import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export const ITEM_KINDS = ['contact', 'recording', 'message', 'letter', 'visit', 'entrustment', 'attached'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export interface NewItem {
  readonly kind: ItemKind;
  readonly ref: string;
  readonly at: string;
  readonly caseId: string | null;
  readonly agencyId: string | null;
  readonly channel: string | null;
  readonly verdict: string | null;
  readonly ruleIds: readonly string[];
  readonly collectorIds: readonly string[];
  readonly bodySealed: Buffer;
  readonly sha256: Buffer;
  readonly addedBy: string | null;
}

export interface ItemRecord {
  readonly id: string;
  readonly kind: ItemKind;
  readonly ref: string;
  readonly at: Date;
  readonly caseId: string | null;
  readonly agencyId: string | null;
  readonly channel: string | null;
  readonly verdict: string | null;
  readonly ruleIds: readonly string[];
  readonly collectorIds: readonly string[];
  readonly bodySealed: Buffer;
  readonly sha256: string;
  readonly readAt: Date;
  readonly addedBy: string | null;
  /** How many times it was read differently, with this one. */
  readonly revisions: number;
}

export interface ItemFilter {
  readonly kind: string | null;
  readonly ruleId: string | null;
  readonly verdict: string | null;
  readonly before: { readonly at: string; readonly id: string } | null;
  readonly limit: number;
}

const COLUMNS = `i.id, i.kind, i.ref, i.at, i.case_id as "caseId", i.agency_id as "agencyId", i.channel, i.verdict, i.rule_ids as "ruleIds", i.collector_ids as "collectorIds",
  i.body_sealed as "bodySealed", encode(i.sha256, 'hex') as sha256, i.read_at as "readAt", i.added_by as "addedBy",
  (select count(*) from dossier_item o where o.complaint = i.complaint and o.kind = i.kind and o.ref = i.ref)::integer as revisions`;
const NEWEST = `not exists (select from dossier_item o where o.complaint = i.complaint and o.kind = i.kind and o.ref = i.ref and o.id > i.id)`;

@Injectable()
export class ItemStore {
  /** Keeps what is not there yet; how many. */
  async add(tx: Tx, institutionId: string, complaintId: string, items: readonly NewItem[], readAt: Date): Promise<string[]> {
    if (items.length === 0) return [];
    const incoming = items.map(({ bodySealed, sha256, ...item }) => ({
      ...item,
      body: bodySealed.toString('base64'),
      hash: sha256.toString('base64'),
    }));
    const rows = await tx.query<{ id: string }>(
      `insert into dossier_item (institution_id, complaint, kind, ref, at, case_id, agency_id, channel, verdict, rule_ids, collector_ids, body_sealed, sha256, read_at, added_by)
       select $1, $2, kind, ref, at, "caseId", "agencyId", channel, verdict, array(select json_array_elements_text("ruleIds")), array(select json_array_elements_text("collectorIds")),
         decode(body, 'base64'), decode(hash, 'base64'), $4, "addedBy"
       from json_to_recordset($3) as r(kind text, ref uuid, at timestamptz, "caseId" text, "agencyId" text, channel text, verdict text, "ruleIds" json, "collectorIds" json, body text,
         hash text, "addedBy" text)
       on conflict on constraint dossier_item_once do nothing returning id`,
      [institutionId, complaintId, JSON.stringify(incoming), readAt],
    );
    return rows.map(({ id }) => id);
  }

  /** As each was last read, the latest first; one more than the limit, if there are so many. */
  async list(tx: Tx, complaintId: string, { kind, ruleId, verdict, before, limit }: ItemFilter): Promise<ItemRecord[]> {
    return tx.query<ItemRecord>(
      `select ${COLUMNS} from dossier_item i where i.complaint = $1 and ${NEWEST} and ($2::text is null or i.kind = $2) and ($3::text is null or $3 = any(i.rule_ids))
         and ($4::text is null or i.verdict = $4) and ($5::timestamptz is null or (i.at, i.id) < ($5, $6::uuid)) order by i.at desc, i.id desc limit $7`,
      [complaintId, kind, ruleId, verdict, before?.at ?? null, before?.id ?? null, limit + 1],
    );
  }

  async find(tx: Tx, complaintId: string, id: string): Promise<ItemRecord | null> {
    const [row] = await tx.query<ItemRecord>(`select ${COLUMNS} from dossier_item i where i.complaint = $1 and i.id = $2`, [
      complaintId,
      id,
    ]);
    return row ?? null;
  }

  /** How many there are of each kind, refused ones, and of each rule that refused. */
  async counts(
    tx: Tx,
    complaintId: string,
  ): Promise<{ readonly of: 'kind' | 'verdict' | 'rule'; readonly name: string; readonly n: number }[]> {
    return tx.query(
      `with i as (select * from dossier_item i where i.complaint = $1 and ${NEWEST})
       select 'kind' as of, kind as name, count(*)::integer as n from i group by 2 union all select 'verdict', verdict, count(*)::integer from i where verdict is not null group by 2
       union all select 'rule', rule, count(*)::integer from i, unnest(rule_ids) as rule group by 2 order by 1, 3 desc, 2`,
      [complaintId],
    );
  }
}
