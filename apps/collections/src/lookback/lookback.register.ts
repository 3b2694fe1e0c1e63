import { Inject, Injectable } from '@nestjs/common';
import {
  readConsent,
  readContactPoint,
  readHold,
  Zone,
  type Channel,
  type ConsentJson,
  type ContactPointJson,
  type HoldJson,
  type OptOut,
} from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { pointToken } from '../contact/facts.ts';
import type { RegisteredAgency, RegisteredCase } from './register.ts';

type PointRow = Omit<ContactPointJson, 'value'> & {
  readonly index: string;
  readonly sealed: string;
  /** Of this case. */
  readonly own: boolean;
  readonly timeZones: readonly string[];
};

interface CaseRow {
  readonly caseId: string;
  readonly product: string;
  readonly agencyId: string | null;
  readonly referralNoticeAt: Date | null;
  readonly state: 'open' | 'closed' | 'paid';
  readonly balance: string;
  readonly overdueSince: string | null;
  readonly timeZone: string;
  readonly region: string | null;
  readonly holds: readonly HoldJson[];
  readonly consents: readonly (ConsentJson & { readonly partyId: string })[];
  readonly optOuts: readonly {
    readonly partyId: string;
    readonly channel: Channel | null;
    readonly index: string | null;
    readonly at: string;
    readonly withdrawnAt: string | null;
  }[];
  readonly points: readonly PointRow[];
}

interface AgencyRow extends Omit<RegisteredAgency, 'collectors' | 'devices'> {
  readonly collectors: readonly { readonly id: string; readonly certificateUntil: string | null; readonly active: boolean }[];
  readonly devices: readonly { readonly id: string; readonly retiredAt: string | null }[];
}

const CONSENTS = `select coalesce(json_agg(json_build_object('partyId', p.party_id, 'kind', s.kind, 'channels', s.channels, 'from', s.from_time, 'to', s.to_time,
  'givenAt', s.given_at, 'withdrawnAt', s.withdrawn_at)), '[]') from consent s join party p on p.id = s.party where p.collection_case = c.id`;
const HOLDS = `select coalesce(json_agg(json_build_object('kind', kind, 'from', from_at, 'until', until_at, 'scope', scope)), '[]') from hold where debtor = c.debtor`;
const OPT_OUTS = `select coalesce(json_agg(json_build_object('partyId', party_id, 'channel', channel, 'index', encode(value_index, 'hex'), 'at', at, 'withdrawnAt', withdrawn_at)), '[]')
  from opt_out where debtor = c.debtor`;
// Those of the case, and the debtor's wherever they stand: a debtor is lost when no number of theirs answers.
const POINTS = `select coalesce(json_agg(json_build_object('partyId', p.party_id, 'partyRole', p.role, 'channel', t.channel, 'index', encode(t.value_index, 'hex'),
  'sealed', encode(v.value_sealed, 'base64'), 'status', t.status, 'source', t.source, 'own', k.id = c.id, 'timeZones', t.time_zones) order by t.id), '[]')
  from collection_case k join party p on p.collection_case = k.id and (k.id = c.id or p.role = 'debtor') join contact_point t on t.party = p.id
    join contact_value v on v.value_index = t.value_index and v.institution_id = t.institution_id where k.debtor = c.debtor`;

function toCase(row: CaseRow, valueOf: (index: string) => string): RegisteredCase {
  const zone = Zone.of(row.timeZone);
  const consents = row.consents.map((consent) => ({ partyId: consent.partyId, consent: readConsent(consent) }));
  // The register knows how a case stands now. An open debt was open before; what a settled case was like at the time is not known.
  const stands = row.state === 'open' && Number(row.balance) > 0 && row.overdueSince !== null;
  const standing = { status: row.state, balance: row.balance, overdueSince: row.overdueSince };
  return {
    product: row.product,
    agencyId: row.agencyId,
    standingAt: () => (stands ? standing : null),
    referralNoticeAt: row.referralNoticeAt?.getTime() ?? null,
    holds: row.holds.map((hold) => readHold(hold, zone)),
    consentsOf: (partyId) => consents.flatMap((one) => (one.partyId === partyId ? [one.consent] : [])),
    optOuts: row.optOuts.map(({ partyId, channel, index, at, withdrawnAt }): OptOut => ({
      partyId,
      channel,
      contactPoint: index === null ? null : valueOf(index),
      at: Date.parse(at),
      withdrawnAt: withdrawnAt === null ? null : Date.parse(withdrawnAt),
    })),
    points: row.points.map((point) => readContactPoint({ ...point, value: valueOf(point.index) })),
    timeZonesOf: (partyId) => [
      ...new Set(row.points.flatMap(({ own, partyId: of, timeZones }) => (own && (partyId === null || of === partyId) ? timeZones : []))),
    ],
    region: row.region,
  };
}

/** What the register knows now, for the look-back to conclude from. */
@Injectable()
export class LookbackRegister {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  /**
   * What a log cannot hold, of the cases that are known. Contact points stand as a log writes them, or as the tokens of recorded facts.
   */
  async cases(
    tx: Tx,
    institutionId: string,
    caseIds: readonly string[],
    points: 'written' | 'tokens' = 'written',
  ): Promise<Map<string, RegisteredCase>> {
    const rows = await tx.query<CaseRow>(
      `select c.case_id as "caseId", c.product, c.agency_id as "agencyId", c.referral_notice_at as "referralNoticeAt", c.state, c.balance::text as balance,
         c.overdue_since as "overdueSince", d.time_zone as "timeZone", d.region, (${HOLDS}) as holds, (${CONSENTS}) as consents, (${OPT_OUTS}) as "optOuts", (${POINTS}) as points
       from collection_case c join debtor d on d.id = c.debtor where c.institution_id = $1 and c.case_id = any($2)`,
      [institutionId, caseIds],
      'lookback-register',
    );
    const valueOf = points === 'tokens' ? pointToken : this.opened(rows);
    return new Map(rows.map((row) => [row.caseId, toCase(row, valueOf)]));
  }

  /** The values of the points, each opened once. */
  private opened(rows: readonly CaseRow[]): (index: string) => string {
    const values = new Map<string, string>();
    for (const { index, sealed } of rows.flatMap(({ points }) => points))
      if (!values.has(index)) values.set(index, this.vault.open(Buffer.from(sealed, 'base64'), 'contact.value'));
    return (index) => values.get(index) ?? `#${index}`;
  }

  /** The agencies that are known, with all who ever collected for them and all their devices. */
  async agencies(tx: Tx, institutionId: string, agencyIds: readonly string[]): Promise<Map<string, RegisteredAgency>> {
    const rows = await tx.query<AgencyRow>(
      `select a.agency_id as "agencyId", a.status, a.published, a.contract_from as "contractFrom", a.contract_to as "contractTo", a.last_evaluated_on as "lastEvaluatedOn",
         (select coalesce(json_agg(json_build_object('id', collector_id, 'certificateUntil', certificate_until, 'active', active)), '[]')
            from agency_staff where agency_id = a.agency_id and institution_id = $1) as collectors,
         (select coalesce(json_agg(json_build_object('id', device_id, 'retiredAt', retired_at)), '[]') from (
            select device_id, case when bool_or(retired_at is null) then null else max(retired_at) end as retired_at
            from agency_device where agency_id = a.agency_id and institution_id = $1 group by device_id) e) as devices
       from agency a where a.institution_id = $1 and a.agency_id = any($2)`,
      [institutionId, agencyIds],
      'lookback-agencies',
    );
    return new Map(
      rows.map(({ collectors, devices, ...agency }) => [
        agency.agencyId,
        {
          ...agency,
          collectors: new Map(collectors.map(({ id, ...one }) => [id, one])),
          devices: new Map(devices.map(({ id, retiredAt }) => [id, retiredAt === null ? null : Date.parse(retiredAt)])),
        },
      ]),
    );
  }
}
