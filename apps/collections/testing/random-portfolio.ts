import { CONSENT_KINDS, HOLD_KINDS, RESULTS } from '#contact-rules';
import type { CaseRow } from '../src/import/case-rows.ts';
import { Stage } from './stage.ts';

/** Plausible, and the same each time for a seed. */
export class Chance {
  constructor(private state: number) {}

  /** mulberry32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Whether something happens that happens so often. */
  is(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.next() * items.length)] ?? items[0];
  }

  upTo(count: number): number {
    return Math.floor(this.next() * count);
  }
}

const HOUR_MS = 3_600_000;
// Of whom anything is known: those with an even number.
const EVENTFUL = `right(debtor_id, 1) in ('0', '2', '4', '6', '8')`;
const asList = <T>(items: readonly T[]): readonly [T, ...T[]] => {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error('nothing to pick from');
  return [first, ...rest];
};

/** Cases of debtors who share numbers, half of them with all that can be known of a debtor, around an instant; of the others nothing is known but the case. */
export class RandomPortfolio {
  private readonly chance: Chance;

  constructor(
    private readonly stage: Stage,
    seed: number,
    private readonly at: number,
  ) {
    this.chance = new Chance(seed);
  }

  async fill(cases: number): Promise<void> {
    await this.stage.addCases(Array.from({ length: cases }, (_, index) => this.rowsOf(index)).flat());
    await this.stage.sql(`update collection_case set state = 'closed' where case_id like '%9'`);
    await this.stage.sql(
      `update contact_point set status = 'invalid' where ('x' || substr(encode(value_index, 'hex'), 1, 2))::bit(8)::int < 24`,
    );
    // A case whose debtor is gone from it.
    await this.stage.sql(
      `update party set role = 'guarantor' where collection_case in (select id from collection_case where case_id like '%13')`,
    );
    await this.holds();
    await this.consents();
    await this.optOuts();
    await this.contacts(cases * 3);
    await this.agencies();
  }

  private rowsOf(index: number): Partial<CaseRow>[] {
    const { chance } = this;
    const debtor = index % 7 === 6 ? index - 1 : index;
    const one: Partial<CaseRow> = {
      caseId: `C${index}`,
      debtId: `L${index}`,
      debtorId: `D${debtor}`,
      timeZone: debtor % 4 === 0 ? 'Asia/Urumqi' : debtor % 11 === 0 ? 'America/New_York' : 'Asia/Shanghai',
      product: chance.pick(['信用卡', '分期', 'cash']),
      balance: chance.is(0.1) ? '0.00' : chance.is(0.05) ? '-3.00' : '120.50',
      overdueSince: chance.is(0.1) ? null : chance.pick(['2026-09-01', '2026-11-21', '2026-11-22', '2026-12-05']),
      agencyId: chance.pick([null, 'A1', 'A2', 'A3']),
      referralNoticeAt: chance.is(0.5) ? new Date(this.at - HOUR_MS * (chance.upTo(40) - 5)).toISOString() : null,
      region: chance.pick([null, '230100', '440300']),
    };
    const point = (number: number, more: Partial<CaseRow> = {}): Partial<CaseRow> => ({
      ...one,
      contactPoint: `+86138000${String(number).padStart(5, '0')}`,
      contactSource: chance.is(0.1) ? 'guess' : 'contract',
      zones: chance.is(0.1) ? ['America/Los_Angeles', 'America/Denver'] : [],
      ...more,
    });
    const rows = [chance.is(0.1) ? point(index, { contactChannel: 'email', contactPoint: `x${index}@example.com` }) : point(index)];
    // Shared with another debtor; and people beside the debtor.
    if (chance.is(0.4)) rows.unshift(point(chance.upTo(6) * 2));
    if (chance.is(0.2)) rows.push(point(index + 500, { contactChannel: 'sms' }));
    if (chance.is(0.3)) rows.push(point(index + 900, { contactChannel: 'letter', contactPoint: `Street ${index}` }));
    if (chance.is(0.3)) rows.push(point(chance.upTo(30), { partyId: 'P2', partyRole: 'related', partyName: '李四' }));
    return rows;
  }

  private around(hours: number): string {
    return new Date(this.at + Math.round((this.chance.next() * 2 - 1) * hours * HOUR_MS)).toISOString();
  }

  private async holds(): Promise<void> {
    const { chance } = this;
    const scopes = asList([
      '{}',
      '{}',
      '{"agencyId":"A1"}',
      '{"channel":"voice"}',
      '{"collectorId":"c1"}',
      '{"partyId":"P2"}',
      '{"agencyId":"A2","channel":"sms"}',
    ]);
    const debtors = await this.stage.sql<{ id: string }>(`select id from debtor where ${EVENTFUL} order by debtor_id`);
    for (const { id } of debtors.filter(() => chance.is(0.3))) {
      await this.stage.sql(
        `insert into hold (institution_id, debtor, kind, from_at, until_at, scope) values ('bank-1', $1, $2, $3, $4, $5)`,
        [
          id,
          chance.pick(HOLD_KINDS),
          new Date(this.at - HOUR_MS * (chance.upTo(60) - 10)).toISOString(),
          chance.is(0.6) ? new Date(this.at + HOUR_MS * (51 + chance.upTo(90))).toISOString() : null,
          chance.pick(scopes),
        ],
      );
    }
  }

  private async consents(): Promise<void> {
    const { chance } = this;
    const parties = await this.stage.sql<{ id: string }>(
      `select p.id from party p join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor where ${EVENTFUL} order by c.case_id, p.party_id`,
    );
    for (const { id } of parties.filter(() => chance.is(0.4))) {
      const [from, to] = chance.pick<readonly [string | null, string | null]>([
        [null, null],
        ['20:00', '23:30'],
        ['21:00', '06:00'],
        ['00:00', '24:00'],
      ]);
      const given = this.around(100);
      const withdrawn = chance.is(0.3) ? new Date(Date.parse(given) + HOUR_MS * (1 + chance.upTo(100))).toISOString() : null;
      await this.stage.sql(
        `insert into consent (institution_id, party, kind, channels, from_time, to_time, given_at, withdrawn_at, evidence) values ('bank-1', $1, $2, $3, $4, $5, $6, $7, 'e')`,
        [id, chance.pick(CONSENT_KINDS), chance.pick([['voice'], ['voice', 'sms'], ['visit']]), from, to, given, withdrawn],
      );
    }
  }

  private async optOuts(): Promise<void> {
    const { chance } = this;
    const debtors = await this.stage.sql<{ id: string; value: Buffer }>(
      `select distinct on (c.debtor) c.debtor as id, t.value_index as value from contact_point t join party p on p.id = t.party
       join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor where ${EVENTFUL} order by c.debtor, t.id`,
    );
    for (const { id, value } of debtors.filter(() => chance.is(0.3))) {
      const at = this.around(50);
      const withdrawn = chance.is(0.4) ? new Date(Date.parse(at) + HOUR_MS * (1 + chance.upTo(60))).toISOString() : null;
      await this.stage.sql(
        `insert into opt_out (institution_id, debtor, party_id, channel, value_index, at, withdrawn_at, evidence) values ('bank-1', $1, $2, $3, $4, $5, $6, 'e')`,
        [id, chance.pick(['P1', 'P1', 'P2']), chance.pick([null, 'voice', 'sms']), chance.is(0.5) ? value : null, at, withdrawn],
      );
    }
  }

  /** Calls by everybody to everybody: of yesterday and today, some days old, some to come, some permitted and not made yet. */
  private async contacts(count: number): Promise<void> {
    const { chance } = this;
    const points = await this.stage.sql<{ debtorId: string; caseId: string; partyId: string; role: string; value: Buffer }>(
      `select d.debtor_id as "debtorId", c.case_id as "caseId", p.party_id as "partyId", p.role, t.value_index as value from contact_point t join party p on p.id = t.party
       join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor where ${EVENTFUL} order by c.case_id, p.party_id, t.value_index`,
    );
    // Some numbers are called again and again; others have them as well.
    const hot = asList(points.filter(({ role }) => role === 'debtor').slice(0, 4));
    const all = asList(points);
    for (let index = 0; index < count; index += 1) {
      const point = chance.pick(chance.is(0.4) ? hot : all);
      const at = this.at - Math.round(HOUR_MS * (chance.is(0.7) ? chance.next() * 12 : chance.next() * 200 - 5));
      const pending = chance.is(0.15);
      await this.stage.sql(
        `insert into contact (institution_id, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, value_index, channel, mode, purpose, initiator, agency_id, collector_ids, at, result, lapses_at, time_zone)
         values ('bank-1', $1, $2, $3, $4, $5, $6, $7, $8, $9, 'collect', $10, $11, $12, $13, $14, $15, 'Asia/Shanghai')`,
        [
          `a${index}`,
          point.debtorId,
          point.caseId,
          chance.pick([null, `L${point.caseId.slice(1)}`]),
          point.partyId,
          point.role,
          point.value,
          chance.pick(['voice', 'voice', 'voice', 'voice', 'sms', 'visit']),
          chance.pick(['interactive', 'interactive', 'informational', null]),
          chance.pick(['us', 'us', 'us', 'them']),
          chance.pick([null, 'A1', 'A2']),
          chance.is(0.5) ? ['c1'] : [],
          new Date(at).toISOString(),
          pending ? null : chance.is(0.5) ? 'no-answer' : chance.pick(RESULTS),
          pending ? new Date(at + HOUR_MS * (chance.is(0.5) ? 0.25 : 24)).toISOString() : null,
        ],
      );
    }
  }

  /** A1 is in order, A2 is suspended, A3 is in no register. */
  private async agencies(): Promise<void> {
    await this.stage.sql(
      `insert into agency (institution_id, agency_id, name, status, published, contract_from, contract_to, last_evaluated_on) values
         ('bank-1', 'A1', 'A1', 'active', true, '2026-01-01', '2026-12-31', '2026-03-01'), ('bank-1', 'A2', 'A2', 'suspended', false, null, null, null)`,
    );
    await this.stage.sql(
      `insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, certificate_until, active, content_hash) values
         ('bank-1', 'A1', 'c1', '', '2027-01-01', true, ''), ('bank-1', 'A1', 'c2', '', '2026-01-01', true, ''), ('bank-1', 'A1', 'c3', '', '2027-01-01', false, '')`,
    );
    await this.stage.sql(
      `insert into agency_device (institution_id, agency_id, device_id, collector_id) values ('bank-1', 'A1', 'd1', 'c1')`,
    );
  }
}
