import type { Client } from 'pg';
import type { FactsJson, Policy, ProposedJson } from '#contact-rules';
import { copied, copyRows, isUnavailable, type CopiedRow } from '#pg';
import type { Vault } from '#vault';
import { decideAgain } from '../contact/decide-again.ts';
import { MESSAGE_CONTEXT, withSecrets } from '../contact/message.ts';
import { addTallies, NOTHING, type Difference, type ReplayScope, type Slice, type Tally } from './replay.ts';

/** The policy of a recorded reference (the text of `decision.policy`); throws when it is not to be had. */
export type PolicyLookup = (institutionId: string, reference: string) => Promise<Policy>;

const parse = <T>(text: string | null): T => JSON.parse(text ?? 'null') as T;

interface Row {
  readonly id: string;
  readonly institutionId: string;
  readonly decidedAt: number;
  readonly policy: string;
  readonly verdict: string;
  readonly outcome: string;
  readonly row: CopiedRow;
}

function toRow(row: CopiedRow): Row {
  const [id, institutionId, decidedAt, policy, , , outcome, verdict] = row;
  return {
    id: copied.uuid(id) ?? '',
    institutionId: copied.text(institutionId) ?? '',
    decidedAt: copied.instant(decidedAt) ?? Number.NaN,
    policy: copied.text(policy) ?? '',
    outcome: copied.text(outcome) ?? '',
    verdict: copied.text(verdict) ?? '',
    row,
  };
}

const toDifference = ({ id, institutionId, decidedAt, outcome }: Row, replayed: string | null, why: string | null): Difference => ({
  id,
  institutionId,
  decidedAt: new Date(decidedAt).toISOString(),
  recorded: outcome,
  replayed,
  why,
});

/** Decides one slice of the ledger again, row by row, comparing bytes. */
export class SliceReader {
  private readonly policies = new Map<string, Policy>();

  constructor(
    private readonly client: Client,
    private readonly policyOf: PolicyLookup,
    /** Null: messages stay sealed, and what was decided on them cannot be decided again. */
    private readonly vault: Vault | null,
  ) {}

  async read(scope: ReplayScope, { from, to }: Slice): Promise<Tally> {
    const { client } = this;
    const literal = (text: string): string => client.escapeLiteral(text);
    const ofInstitution = scope.institutionId === null ? '' : ` and institution_id = ${literal(scope.institutionId)}`;
    const query = `select id, institution_id, decided_at, policy, proposed, facts, outcome, verdict, message_sealed from decision
      where decided_at >= ${literal(from)}::timestamptz and decided_at < ${literal(to)}::timestamptz${ofInstitution}`;
    let tally = NOTHING;
    for await (const rows of copyRows(client, query)) tally = addTallies(tally, await this.readBatch(rows));
    return tally;
  }

  private async readBatch(rows: readonly CopiedRow[]): Promise<Tally> {
    let [identical, different, undecidable, permitted] = [0, 0, 0, 0];
    const first: Difference[] = [];
    for (const one of rows) {
      const row = toRow(one);
      if (row.verdict === 'permitted') permitted += 1;
      try {
        const replayed = this.decide(row, await this.policy(row));
        if (replayed === row.outcome) identical += 1;
        else {
          different += 1;
          first.push(toDifference(row, replayed, null));
        }
      } catch (error) {
        if (isUnavailable(error)) throw error;
        undecidable += 1;
        first.push(toDifference(row, null, error instanceof Error ? error.message : String(error)));
      }
    }
    return { decisions: rows.length, identical, different, undecidable, permitted, refused: rows.length - permitted, first };
  }

  private decide({ row: [, , , , proposed, facts, , , messageSealed], decidedAt }: Row, policy: Policy): string {
    const recorded = {
      proposed: this.whole(parse<ProposedJson>(copied.text(proposed)), messageSealed ?? null),
      facts: parse<FactsJson>(copied.text(facts)),
      decidedAt: new Date(decidedAt),
    };
    return JSON.stringify(decideAgain(recorded, policy));
  }

  private whole(proposed: ProposedJson, messageSealed: Buffer | null): ProposedJson {
    if (messageSealed === null) return proposed;
    if (this.vault === null) throw new Error('its message is sealed: VAULT_KEYS and VAULT_INDEX_KEY are not set');
    return withSecrets(proposed, this.vault.open(messageSealed, MESSAGE_CONTEXT));
  }

  // References repeat: few policies make many decisions.
  private async policy({ institutionId, policy: reference }: Row): Promise<Policy> {
    const key = `${institutionId} ${reference}`;
    const known = this.policies.get(key);
    if (known) return known;
    const policy = await this.policyOf(institutionId, reference);
    this.policies.set(key, policy);
    return policy;
  }
}
