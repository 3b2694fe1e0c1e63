import { Injectable } from '@nestjs/common';
import { recordRead } from '#evidence-log';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import { DELIVERY_DUE, type DeliveryKind, type DeliveryState, type SentChannel } from './delivery.states.ts';

export interface DeliveryRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly partyId: string;
  readonly contactPointId: string;
  readonly timeZone: string;
  readonly agencyId: string | null;
  readonly kind: DeliveryKind;
  readonly channel: SentChannel;
  readonly purpose: string;
  readonly templateId: string | null;
  readonly version: number | null;
  readonly askedBy: string;
  readonly clientId: string | null;
  readonly askedAt: Date;
  readonly requestSealed: Buffer | null;
  readonly state: DeliveryState;
  readonly attempt: string | null;
  readonly permitExpiresAt: Date | null;
  readonly mustEndBy: Date | null;
  readonly tries: number;
  readonly maybeSent: boolean;
  readonly busyUntil: Date | null;
  readonly wakeAt: Date | null;
  readonly providerId: string | null;
  readonly code: string | null;
  readonly sentAt: Date | null;
  readonly settledAt: Date | null;
  readonly outcome: 'delivered' | 'failed' | 'cancelled' | null;
  readonly outcomeAt: Date | null;
  readonly outcomeNoted: boolean;
  readonly referralNoted: boolean;
}

/** What the gate said. */
type Decided = Pick<DeliveryRecord, 'permitExpiresAt' | 'mustEndBy' | 'version'> & { readonly decidedAt: Date };

export interface NewDelivery {
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly contactPointId: string;
  readonly partyId: string;
  readonly agencyId: string | null;
  readonly kind: DeliveryKind;
  readonly channel: SentChannel;
  readonly purpose: string;
  readonly templateId: string | null;
  readonly version: number | null;
  readonly askedBy: string;
  readonly clientId: string | null;
  readonly askedAt: Date;
  readonly requestSealed: Buffer;
  readonly wakeAt: Date;
}

export interface Step {
  readonly state: string;
  readonly at: Date;
  readonly by: string;
  readonly code?: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What a change may set; what is left out stays. */
export interface Change {
  readonly state?: DeliveryState;
  readonly code?: string | null;
  readonly tries?: number;
  readonly maybeSent?: boolean;
  readonly busyUntil?: Date | null;
  readonly wakeAt?: Date | null;
  readonly providerId?: string | null;
  readonly sentAt?: Date;
  readonly settledAt?: Date;
  readonly reportedAt?: Date;
  readonly outcome?: string;
  readonly outcomeAt?: Date;
  readonly outcomeNoted?: boolean;
  readonly referralNoted?: boolean;
  readonly attempt?: string;
  readonly version?: number | null;
  readonly permitExpiresAt?: Date | null;
  readonly mustEndBy?: Date | null;
  readonly requestSealed?: null;
}

const COLUMN: Readonly<Record<keyof Change, string>> = {
  state: 'state',
  code: 'code',
  tries: 'tries',
  maybeSent: 'maybe_sent',
  busyUntil: 'busy_until',
  wakeAt: 'wake_at',
  providerId: 'provider_id',
  sentAt: 'sent_at',
  settledAt: 'settled_at',
  reportedAt: 'reported_at',
  outcome: 'outcome',
  outcomeAt: 'outcome_at',
  outcomeNoted: 'outcome_noted',
  referralNoted: 'referral_noted',
  attempt: 'attempt',
  version: 'template_version',
  permitExpiresAt: 'permit_expires_at',
  mustEndBy: 'must_end_by',
  requestSealed: 'request_sealed',
};

const SELECT = `select d.id, d.institution_id as "institutionId", d.collection_case as "caseUuid", k.case_id as "caseId", d.party_id as "partyId",
  d.contact_point as "contactPointId", b.time_zone as "timeZone", d.agency_id as "agencyId", d.kind, d.channel, d.purpose, d.template_id as "templateId", d.template_version as version,
  d.asked_by as "askedBy", d.client_id as "clientId", d.asked_at as "askedAt", d.request_sealed as "requestSealed", d.state, d.attempt,
  d.permit_expires_at as "permitExpiresAt", d.must_end_by as "mustEndBy", d.tries, d.maybe_sent as "maybeSent", d.busy_until as "busyUntil", d.wake_at as "wakeAt",
  d.provider_id as "providerId", d.code, d.sent_at as "sentAt", d.settled_at as "settledAt", d.outcome, d.outcome_at as "outcomeAt", d.outcome_noted as "outcomeNoted",
  d.referral_noted as "referralNoted"
  from delivery d join collection_case k on k.id = d.collection_case join debtor b on b.id = k.debtor`;

export interface DeliveryFilter {
  readonly institutionId: string;
  readonly entrustedTo: string | null;
  readonly caseId: string | null;
  readonly state: DeliveryState | null;
  readonly channel: SentChannel | null;
  readonly after: string | null;
  readonly limit: number;
}

@Injectable()
export class DeliveryStore {
  /** The delivery stands, and somebody is woken for it. */
  async add(tx: Tx, row: NewDelivery): Promise<string> {
    const [made] = await tx.query<{ id: string }>(
      `with made as (
         insert into delivery (institution_id, collection_case, contact_point, party_id, agency_id, kind, channel, purpose, template_id, template_version, asked_by, client_id,
           asked_at, request_sealed, state, wake_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'asked', $15) returning id, institution_id
       ), step as (insert into delivery_event (institution_id, delivery, state, at, by) select institution_id, id, 'asked', $13, $11 from made)
       select id from made`,
      [
        row.institutionId,
        row.caseUuid,
        row.contactPointId,
        row.partyId,
        row.agencyId,
        row.kind,
        row.channel,
        row.purpose,
        row.templateId,
        row.version,
        row.askedBy,
        row.clientId,
        row.askedAt,
        row.requestSealed,
        row.wakeAt,
      ],
    );
    if (!made) throw new Error('the delivery was not stored');
    return made.id;
  }

  async find(tx: Tx, institutionId: string, id: string, entrustedTo: string | null = null): Promise<DeliveryRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<DeliveryRecord>(
      `${SELECT} where d.id = $1 and d.institution_id = $2 and ($3::text is null or k.agency_id = $3)`,
      [id, institutionId, entrustedTo],
    );
    return row ?? null;
  }

  /** Until the transaction ends nobody else changes it. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<DeliveryRecord | null> {
    if (!isUuid(id)) return null;
    await tx.query('select id from delivery where id = $1 and institution_id = $2 for no key update', [id, institutionId]);
    return this.find(tx, institutionId, id);
  }

  async list(tx: Tx, filter: DeliveryFilter): Promise<DeliveryRecord[]> {
    return tx.query<DeliveryRecord>(
      `${SELECT} where d.institution_id = $1 and ($2::text is null or k.agency_id = $2) and ($3::text is null or k.case_id = $3 or k.id::text = lower($3))
         and ($4::text is null or d.state = $4) and ($5::text is null or d.channel = $5) and ($6::uuid is null or d.id < $6) order by d.id desc limit $7`,
      [filter.institutionId, filter.entrustedTo, filter.caseId, filter.state, filter.channel, filter.after, filter.limit + 1],
    );
  }

  async steps(tx: Tx, id: string): Promise<Required<Step>[]> {
    return tx.query('select state, at, by, code, detail from delivery_event where delivery = $1 order by at, id', [id]);
  }

  /** Sets what is given, and writes the step down. */
  async change(tx: Tx, id: string, change: Change, step: Step | null): Promise<void> {
    const keys = (Object.keys(change) as (keyof Change)[]).filter((key) => change[key] !== undefined);
    const sets = keys.map((key, index) => `${COLUMN[key]} = $${index + 2}`).join(', ');
    await tx.query(`update delivery set ${sets} where id = $1`, [id, ...keys.map((key) => change[key])]);
    if (step === null) return;
    await tx.query(
      `insert into delivery_event (institution_id, delivery, state, at, by, code, detail)
       select institution_id, id, $2, $3, $4, $5, $6 from delivery where id = $1 on conflict do nothing`,
      [id, step.state, step.at, step.by, step.code ?? null, JSON.stringify(step.detail ?? {})],
    );
  }

  /** As if it had never been asked for: what the gate cannot even judge. */
  async forget(tx: Tx, institutionId: string, id: string, key: string | null): Promise<void> {
    await tx.query('delete from delivery_event where delivery = $1', [id]);
    await tx.query(`delete from delivery where id = $1 and state = 'asked'`, [id]);
    await tx.query('delete from idempotency where institution_id = $1 and key = $2', [institutionId, key]);
  }

  /** The contact point of a party of a case that the caller may see; or what of the three is not there. */
  async findPlace(
    tx: Tx,
    { institutionId, agencyId }: { readonly institutionId: string; readonly agencyId: string | null },
    ask: { readonly caseId: string; readonly partyId: string; readonly contactPointId: string },
  ): Promise<
    | { readonly kind: 'found'; readonly place: { readonly caseUuid: string; readonly partyId: string; readonly contactPointId: string } }
    | { readonly kind: 'missing'; readonly field: 'caseId' | 'partyId' | 'contactPointId' }
  > {
    const [row] = await tx.query<{ caseUuid: string; partyId: string | null; contactPointId: string | null }>(
      `select k.id as "caseUuid", p.party_id as "partyId", t.id as "contactPointId" from collection_case k
       left join party p on p.collection_case = k.id and (p.party_id = $4 or p.id::text = lower($4))
       left join contact_point t on t.party = p.id and t.id::text = lower($5)
       where k.institution_id = $1 and ($2::text is null or k.agency_id = $2) and (k.case_id = $3 or k.id = $6) order by p.id limit 1`,
      [institutionId, agencyId, ask.caseId, ask.partyId, ask.contactPointId, isUuid(ask.caseId) ? ask.caseId : null],
    );
    if (!row) return { kind: 'missing', field: 'caseId' };
    const { caseUuid, partyId, contactPointId } = row;
    if (partyId === null) return { kind: 'missing', field: 'partyId' };
    if (contactPointId === null) return { kind: 'missing', field: 'contactPointId' };
    return { kind: 'found', place: { caseUuid, partyId, contactPointId } };
  }

  async decisionOf(tx: Tx, attempt: string): Promise<Decided> {
    const [row] = await tx.query<Decided>(
      `select decided_at as "decidedAt", permit_expires_at as "permitExpiresAt", (outcome ->> 'mustEndBy')::timestamptz as "mustEndBy",
         (proposed -> 'message' ->> 'version')::integer as version from decision where id = $1`,
      [attempt],
    );
    if (!row) throw new Error('the gate answered with a decision that is not there');
    return row;
  }

  async noteRead(
    tx: Tx,
    { institutionId, subject, clientId }: { readonly institutionId: string; readonly subject: string; readonly clientId: string | null },
    caseId: string,
    requestId: string,
  ): Promise<void> {
    await recordRead(tx, { institutionId, subject, clientId, resource: 'delivery', resourceIds: [caseId], fields: ['text'], requestId });
  }

  /** Whether the permit still holds: neither used, nor revoked, nor lapsed. Whoever revokes waits for our commit, or we for theirs. */
  async permitOf(tx: Tx, attempt: string): Promise<{ readonly result: string | null; readonly lapsesAt: Date | null } | null> {
    const [row] = await tx.query<{ result: string | null; lapsesAt: Date | null }>(
      'select result, lapses_at as "lapsesAt" from contact where id = $1 for share',
      [attempt],
    );
    return row ?? null;
  }

  /** Where it goes and what it says, both sealed; the subject is the title of the template. */
  async letterbox(
    tx: Tx,
    id: string,
  ): Promise<{ readonly valueSealed: Buffer; readonly messageSealed: Buffer | null; readonly title: string | null } | null> {
    const [row] = await tx.query<{ valueSealed: Buffer; messageSealed: Buffer | null; title: string | null }>(
      `select v.value_sealed as "valueSealed", c.message_sealed as "messageSealed",
         (select m.title from message_template m where m.template_id = d.template_id and m.version = d.template_version and m.institution_id = d.institution_id) as title
       from delivery d join contact_point t on t.id = d.contact_point join contact_value v on v.value_index = t.value_index and v.institution_id = t.institution_id
       left join decision c on c.id = d.attempt where d.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Gives what is due to the relay, a batch at a time; nobody gives it again for a minute. Returns how many. */
  async wake(tx: Tx, now: Date, limit: number): Promise<number> {
    const [woken] = await tx.query<{ count: number }>(
      `with due as (
         update delivery set wake_at = $1::timestamptz + interval '1 minute'
         where id in (select id from delivery where wake_at <= $1 order by wake_at limit $2 for update skip locked) returning id, institution_id
       ), told as (
         insert into outbox (institution_id, topic, payload)
         select institution_id, $3, json_build_object('institutionId', institution_id, 'deliveryId', id) from due returning 1)
       select count(*)::integer as count from told`,
      [now, limit, DELIVERY_DUE],
    );
    return woken?.count ?? 0;
  }
}
