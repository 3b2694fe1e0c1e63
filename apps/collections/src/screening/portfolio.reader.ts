import type pg from 'pg';
import { readAgency, type AgencyFacts } from '#contact-rules';
import { copyText } from '#pg';
import { pointToken, toAgency, type AgencyRow } from '../contact/facts.ts';
import type { TemplateRow } from '../contact/message.ts';
import { ahead } from './ahead.ts';
import { FactsCursor } from './facts-cursor.ts';
import { addPoint, caseIdOf, toCase, toSharedContact, type DebtorFacts, type ScreenedCase } from './portfolio-rows.ts';
import { casesQuery, countQuery, factsQuery, sharedQuery, unknownQuery } from './portfolio.sql.ts';
import type { Question, Scope } from './question.ts';
import { SharedContacts } from './shared-contacts.ts';
import type { Snapshot } from './snapshot.ts';

/** The versions that are in force at an instant, by product; null stands for all other products. */
export type VersionNumbers = ReadonlyMap<string | null, number | null>;

interface Window {
  /** Epoch ms. */
  readonly at: number;
  /** How far back counters look. */
  readonly historyMs: number;
}

/** A case with what is known of its debtor. */
export interface Known {
  readonly one: ScreenedCase;
  readonly facts: DebtorFacts;
}

type AgencyColumns = Omit<AgencyRow, 'entrusted'>;

/** Reads what a screening needs, in few statements whatever the size of the portfolio. */
export class PortfolioReader {
  private constructor(
    private readonly snapshot: Snapshot,
    private readonly client: pg.Client,
    private readonly scope: Scope,
  ) {}

  static async open(snapshot: Snapshot, scope: Scope): Promise<PortfolioReader> {
    return new PortfolioReader(snapshot, await snapshot.connect(), scope);
  }

  /** Whose facts are read: a little more than is asked of is quicker than asking for each debtor of a long list. */
  private get around(): Scope {
    return this.snapshot.readsAll ? { ...this.scope, listOf: null } : this.scope;
  }

  /** PostgreSQL's clock, in milliseconds as the gate reads it. */
  async now(): Promise<number> {
    const { rows } = await this.client.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    return rows[0]?.now.getTime() ?? Number.NaN;
  }

  async count(): Promise<number> {
    const { rows } = await this.client.query<{ cases: number }>(countQuery(this.scope));
    return rows[0]?.cases ?? 0;
  }

  async versionNumbers(at: number): Promise<VersionNumbers> {
    const { rows } = await this.client.query<{ product: string; number: number | null }>(
      `select product, policy_number($1, product, $2) as number
       from (select '' as product union select product from policy_version where institution_id = $1) p`,
      [this.scope.institutionId, new Date(at)],
    );
    return new Map(rows.map(({ product, number }) => [product === '' ? null : product, number]));
  }

  /** What the register says of the agency that asks: its standing, those of the asked collectors who are registered, the asked device. */
  async agency({ collectorIds, deviceId }: Question): Promise<AgencyFacts | null> {
    const { agencyId, institutionId } = this.scope;
    if (agencyId === null) return null;
    const { rows } = await this.client.query<AgencyColumns>(
      `select a.agency_id as "agencyId", a.status, a.published, a.contract_from as "contractFrom", a.contract_to as "contractTo",
         a.last_evaluated_on as "lastEvaluatedOn",
         (select coalesce(json_agg(json_build_object('id', s.collector_id, 'certificateUntil', s.certificate_until) order by s.collector_id), '[]')
           from agency_staff s where s.agency_id = a.agency_id and s.institution_id = a.institution_id and s.collector_id = any($3) and s.active) as collectors,
         exists (select from agency_device e where e.agency_id = a.agency_id and e.institution_id = a.institution_id and e.device_id = $4 and e.retired_at is null) as device
       from agency a where a.institution_id = $1 and a.agency_id = $2`,
      [institutionId, agencyId, collectorIds, deviceId],
    );
    // Whoever belongs to an agency is only asked about what is entrusted to it.
    return rows[0] ? readAgency(toAgency({ ...rows[0], entrusted: true }, deviceId)) : null;
  }

  /** The newest version of the template that is approved; null: there is none. */
  async template(templateId: string): Promise<TemplateRow | null> {
    const { rows } = await this.client.query<TemplateRow>(
      `select version, channel, text, true as approved from message_template
       where institution_id = $1 and template_id = $2 and approved_at is not null and retired_at is null order by version desc limit 1`,
      [this.scope.institutionId, templateId],
    );
    return rows[0] ?? null;
  }

  async shared({ at, historyMs }: Window): Promise<SharedContacts> {
    const shared = new SharedContacts();
    for await (const rows of copyText(await this.snapshot.connect(), sharedQuery(this.around, at, historyMs)))
      for (const row of rows) shared.add(toSharedContact(row, pointToken));
    return shared;
  }

  /** The cases in order of their debtors, each with what is known of the debtor. */
  async *cases({ at, historyMs }: Window): AsyncGenerator<Known[]> {
    const facts = ahead(copyText(await this.snapshot.connect(), factsQuery(this.around, at, historyMs)));
    const cursor = new FactsCursor(facts, pointToken);
    let current: ScreenedCase | null = null;
    for await (const rows of copyText(await this.snapshot.connect(), casesQuery(this.scope))) {
      const whole: Known[] = [];
      for (const row of rows) {
        if (current === null || caseIdOf(row) !== current.caseId) {
          if (current !== null) {
            if (!cursor.isReady(current.debtor)) await cursor.advance(current.debtor);
            whole.push({ one: current, facts: cursor.factsOf(current.debtor) });
          }
          current = toCase(row);
        }
        addPoint(current, row, pointToken);
      }
      yield whole;
    }
    if (current === null) return;
    await cursor.advance(current.debtor);
    yield [{ one: current, facts: cursor.factsOf(current.debtor) }];
  }

  /** The ids of the list that name no case. */
  async *unknown(listOf: string): AsyncGenerator<string[]> {
    for await (const rows of copyText(this.client, unknownQuery(this.scope, listOf))) yield rows.map((row) => row[0] ?? '');
  }
}
