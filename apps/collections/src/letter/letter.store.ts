import { Injectable } from '@nestjs/common';
import { recordRead } from '#evidence-log';
import type { Tx } from '#pg';
import { isUuid } from '#wire';

export interface LetterRecord {
  readonly id: string;
  readonly caseId: string;
  readonly debtId: string;
  readonly templateId: string | null;
  readonly title: string | null;
  readonly state: string;
  readonly attempt: string | null;
  readonly decidedAt: Date | null;
  readonly permitExpiresAt: Date | null;
  readonly timeZone: string;
  readonly partyNameSealed: Buffer;
  readonly valueSealed: Buffer;
  readonly messageSealed: Buffer | null;
  readonly year: number | null;
  readonly number: number | null;
  readonly datedOn: string | null;
  readonly bankName: string | null;
  readonly senderAddress: string | null;
  readonly seal: Buffer | null;
  readonly sha256: string | null;
  readonly batch: string | null;
  readonly trackingNo: string | null;
}

export interface BatchRecord {
  readonly id: string;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly letters: number;
  readonly sha256: string | null;
}

const SELECT = `
  select d.id, k.case_id as "caseId", k.debt_id as "debtId", d.template_id as "templateId", d.state, d.attempt, c.decided_at as "decidedAt", d.permit_expires_at as "permitExpiresAt",
    b.time_zone as "timeZone", p.name_sealed as "partyNameSealed", v.value_sealed as "valueSealed", c.message_sealed as "messageSealed",
    (select m.title from message_template m where m.template_id = d.template_id and m.version = d.template_version and m.institution_id = d.institution_id) as title,
    l.year, l.number, l.dated_on::text as "datedOn", l.bank_name as "bankName", l.sender_address as "senderAddress", s.png as seal, l.pdf_sha256 as sha256, l.batch, l.tracking_no as "trackingNo"
  from delivery d join collection_case k on k.id = d.collection_case join debtor b on b.id = k.debtor
  join contact_point t on t.id = d.contact_point join party p on p.id = t.party join contact_value v on v.value_index = t.value_index and v.institution_id = t.institution_id
  left join decision c on c.id = d.attempt left join letter l on l.delivery = d.id left join letter_seal s on s.id = l.seal
  where d.institution_id = $1 and d.channel = 'letter' and d.state not in ('asked', 'refused')`;

@Injectable()
export class LetterStore {
  async find(tx: Tx, institutionId: string, id: string, entrustedTo: string | null): Promise<LetterRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<LetterRecord>(`${SELECT} and d.id = $2 and ($3::text is null or k.agency_id = $3)`, [
      institutionId,
      id,
      entrustedTo,
    ]);
    return row ?? null;
  }

  async findAll(tx: Tx, institutionId: string, ids: readonly string[]): Promise<LetterRecord[]> {
    return tx.query<LetterRecord>(`${SELECT} and d.id = any($2) order by d.id`, [institutionId, ids]);
  }

  async list(
    tx: Tx,
    institutionId: string,
    { state, after, limit }: { readonly state: string | null; readonly after: string | null; readonly limit: number },
  ): Promise<LetterRecord[]> {
    return tx.query<LetterRecord>(
      `${SELECT} and ($2::text is null or d.state = $2) and ($3::uuid is null or d.id < $3) order by d.id desc limit $4`,
      [institutionId, state, after, limit + 1],
    );
  }

  async ofBatch(tx: Tx, institutionId: string, batch: string): Promise<LetterRecord[]> {
    return tx.query<LetterRecord>(`${SELECT} and l.batch = $2 order by l.year, l.number`, [institutionId, batch]);
  }

  /** Gives numbers to those that have none, one after another, in the order of the ids. The bank's name and seal are those of now. */
  async number(
    tx: Tx,
    institutionId: string,
    letters: readonly { readonly id: string; readonly datedOn: string }[],
    { bankName, senderAddress }: { readonly bankName: string; readonly senderAddress: string },
  ): Promise<void> {
    if (letters.length === 0) return;
    const years = [...new Set(letters.map(({ datedOn }) => Number(datedOn.slice(0, 4))))].toSorted((a, b) => a - b);
    await tx.query(
      'insert into letter_count (year, institution_id, last) select y, $1, 0 from unnest($2::integer[]) as y on conflict do nothing',
      [institutionId, years],
    );
    await tx.query('select last from letter_count where institution_id = $1 and year = any($2) order by year for update', [
      institutionId,
      years,
    ]);
    await tx.query(
      `with given as (
         select r.id, r.dated_on, extract(year from r.dated_on)::integer as year from json_to_recordset($2) as r(id uuid, dated_on date)
         where not exists (select from letter l where l.delivery = r.id)
       ), counted as (select g.*, c.last + row_number() over (partition by g.year order by g.id) as number from given g join letter_count c on c.year = g.year and c.institution_id = $1),
       made as (
         insert into letter (delivery, institution_id, year, number, dated_on, seal, bank_name, sender_address)
         select id, $1, year, number, dated_on, (select id from letter_seal where institution_id = $1 order by set_at desc, id desc limit 1), $3, $4 from counted returning year, number)
       update letter_count c set last = m.last from (select year, max(number) as last from made group by year) m where c.year = m.year and c.institution_id = $1`,
      [institutionId, JSON.stringify(letters.map(({ id, datedOn }) => ({ id, dated_on: datedOn }))), bankName, senderAddress],
    );
  }

  async keepHash(tx: Tx, id: string, sha256: string): Promise<void> {
    await tx.query('update letter set pdf_sha256 = $2 where delivery = $1 and pdf_sha256 is null', [id, sha256]);
  }

  /** Those of the ids (all that wait, when null) that may be printed: their permits hold until the transaction ends. */
  async lockPrintable(tx: Tx, institutionId: string, ids: readonly string[] | null, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select d.id from delivery d join contact c on c.id = d.attempt
       where d.institution_id = $1 and d.channel = 'letter' and d.state = 'queued' and ($2::uuid[] is null or d.id = any($2)) and c.result is null and c.lapses_at > $3
       order by d.id limit $4 for no key update of d for share of c`,
      [institutionId, ids, now, limit],
    );
    return rows.map(({ id }) => id);
  }

  async addBatch(
    tx: Tx,
    institutionId: string,
    { by, at, ids }: { readonly by: string; readonly at: Date; readonly ids: readonly string[] },
  ): Promise<BatchRecord> {
    const [batch] = await tx.query<{ id: string }>(
      'insert into letter_batch (institution_id, made_by, made_at, letters) values ($1, $2, $3, $4) returning id',
      [institutionId, by, at, ids.length],
    );
    if (!batch) throw new Error('the batch was not stored');
    await tx.query(
      `with printed as (update delivery set state = 'printed', wake_at = null where id = any($2) returning id),
         noted as (insert into delivery_event (institution_id, delivery, state, at, by) select $1, id, 'printed', $4, $5 from printed)
       update letter set batch = $3 where delivery = any($2)`,
      [institutionId, ids, batch.id, at, by],
    );
    return { id: batch.id, madeBy: by, madeAt: at, letters: ids.length, sha256: null };
  }

  async findBatch(tx: Tx, institutionId: string, id: string): Promise<BatchRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<BatchRecord>(
      `select id, made_by as "madeBy", made_at as "madeAt", letters, pdf_sha256 as sha256 from letter_batch where id = $2 and institution_id = $1`,
      [institutionId, id],
    );
    return row ?? null;
  }

  async batches(tx: Tx, institutionId: string, after: string | null, limit: number): Promise<BatchRecord[]> {
    return tx.query<BatchRecord>(
      `select id, made_by as "madeBy", made_at as "madeAt", letters, pdf_sha256 as sha256 from letter_batch
       where institution_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [institutionId, after, limit + 1],
    );
  }

  async keepBatchHash(tx: Tx, id: string, sha256: string): Promise<void> {
    await tx.query('update letter_batch set pdf_sha256 = $2 where id = $1 and pdf_sha256 is null', [id, sha256]);
  }

  async lockState(tx: Tx, institutionId: string, id: string): Promise<string | null> {
    const [row] = await tx.query<{ state: string }>(
      `select state from delivery where id = $2 and institution_id = $1 and channel = 'letter' for no key update`,
      [institutionId, id],
    );
    return row?.state ?? null;
  }

  /** A step of the post. What the ledger of contacts was told first stays. */
  async track(
    tx: Tx,
    id: string,
    step: {
      readonly state: string;
      readonly outcome: string;
      readonly at: Date;
      readonly on: Date;
      readonly by: string;
      readonly trackingNo: string | null;
    },
  ): Promise<void> {
    await tx.query(
      `with moved as (
         update delivery set state = $2, sent_at = coalesce(sent_at, $5), settled_at = case when $2 = 'sent' then settled_at else $5 end,
           outcome = coalesce(outcome, $3), outcome_at = coalesce(outcome_at, $4), wake_at = case when outcome_noted then null else $4::timestamptz end where id = $1 returning id, institution_id
       ), noted as (insert into delivery_event (institution_id, delivery, state, at, by) select institution_id, id, $2, $5, $6 from moved on conflict do nothing)
       update letter set tracking_no = coalesce($7, tracking_no) where delivery = $1`,
      [id, step.state, step.outcome, step.at, step.on, step.by, step.trackingNo],
    );
  }

  async addSeal(
    tx: Tx,
    institutionId: string,
    seal: { readonly sha256: Buffer; readonly png: Buffer; readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.query(
      `insert into letter_seal (institution_id, sha256, png, set_by, set_at) values ($1, $2, $3, $4, $5)
       on conflict (sha256, institution_id) do update set set_by = $4, set_at = $5`,
      [institutionId, seal.sha256, seal.png, seal.by, seal.at],
    );
  }

  async newestSeal(
    tx: Tx,
    institutionId: string,
  ): Promise<{ readonly sha256: Buffer; readonly png: Buffer; readonly setBy: string; readonly setAt: Date } | null> {
    const [row] = await tx.query<{ sha256: Buffer; png: Buffer; setBy: string; setAt: Date }>(
      'select sha256, png, set_by as "setBy", set_at as "setAt" from letter_seal where institution_id = $1 order by set_at desc, id desc limit 1',
      [institutionId],
    );
    return row ?? null;
  }

  async noteRead(
    tx: Tx,
    { institutionId, subject, clientId }: { readonly institutionId: string; readonly subject: string; readonly clientId: string | null },
    caseIds: readonly string[],
    requestId: string,
  ): Promise<void> {
    const fields = ['name', 'address', 'text'];
    await recordRead(tx, { institutionId, subject, clientId, resource: 'letter', resourceIds: caseIds, fields, requestId });
  }
}
