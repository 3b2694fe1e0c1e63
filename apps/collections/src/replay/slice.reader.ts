import type { Client } from 'pg';
import type { FactsJson, Policy, ProposedJson } from '#contact-rules';
import { copied, copyRows, isUnavailable, type CopiedRow } from '#pg';
import type { Vault } from '#vault';
import { decideAgain } from '../contact/decide-again.ts';
import { MESSAGE_CONTEXT, withSecrets } from '../contact/message.ts';
import { addTallies, NOTHING, type Difference, type ReplayScope, type Slice, type Tally } from './replay.ts';

/** The policy of a recorded reference (the text of `decision.policy`); throws when it is not to be had. */
export type PolicyLookup = (institutionId: string, reference: string) => Promise<Policy>;

const parse = <T>(bytes: Buffer): T => JSON.parse(bytes.toString('utf8')) as T;

// As the query names them.
const COLUMNS = 'id, institution_id, decided_at, policy, proposed, facts, outcome, verdict, message_sealed';

interface Row {
  readonly id: Buffer;
  readonly institutionId: Buffer;
  readonly decidedAt: number;
  readonly policy: Buffer;
  readonly proposed: Buffer;
  readonly facts: Buffer;
  readonly outcome: string;
  readonly isPermitted: boolean;
  readonly messageSealed: Buffer | null;
}

const NONE = Buffer.alloc(0);
const PERMITTED = Buffer.from('permitted');

function toRow([id, institutionId, decidedAt, policy, proposed, facts, outcome, verdict, messageSealed]: CopiedRow): Row {
  return {
    id: id ?? NONE,
    institutionId: institutionId ?? NONE,
    decidedAt: copied.instant(decidedAt) ?? Number.NaN,
    policy: policy ?? NONE,
    proposed: proposed ?? NONE,
    facts: facts ?? NONE,
    outcome: copied.text(outcome) ?? '',
    isPermitted: verdict?.equals(PERMITTED) ?? false,
    messageSealed: messageSealed ?? null,
  };
}

const toDifference = ({ id, institutionId, decidedAt, outcome }: Row, replayed: string | null, why: string | null): Difference => ({
  id: copied.uuid(id) ?? '',
  institutionId: institutionId.toString('utf8'),
  decidedAt: new Date(decidedAt).toISOString(),
  recorded: outcome,
  replayed,
  why,
});

/** Decides one slice of the ledger again, row by row, comparing bytes. */
export class SliceReader {
  private readonly policies = new Map<string, Policy>();
  private before: { readonly institutionId: Buffer; readonly reference: Buffer; readonly policy: Policy } | null = null;

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
    const query = `select ${COLUMNS} from decision
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
      if (row.isPermitted) permitted += 1;
      try {
        const replayed = this.decide(row, this.sameAsBefore(row) ?? (await this.policy(row)));
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

  private decide({ proposed, facts, decidedAt, messageSealed }: Row, policy: Policy): string {
    const recorded = {
      proposed: this.whole(parse<ProposedJson>(proposed), messageSealed),
      facts: parse<FactsJson>(facts),
      decidedAt: new Date(decidedAt),
    };
    return JSON.stringify(decideAgain(recorded, policy));
  }

  private whole(proposed: ProposedJson, messageSealed: Buffer | null): ProposedJson {
    if (messageSealed === null) return proposed;
    if (this.vault === null) throw new Error('its message is sealed: VAULT_KEYS and VAULT_INDEX_KEY are not set');
    return withSecrets(proposed, this.vault.open(messageSealed, MESSAGE_CONTEXT));
  }

  /** References repeat, row after row: few policies make many decisions. */
  private sameAsBefore({ institutionId, policy: reference }: Row): Policy | null {
    const { before } = this;
    return before && before.reference.equals(reference) && before.institutionId.equals(institutionId) ? before.policy : null;
  }

  private async policy({ institutionId, policy: reference }: Row): Promise<Policy> {
    const [institution, text] = [institutionId.toString('utf8'), reference.toString('utf8')];
    const key = `${institution} ${text}`;
    const policy = this.policies.get(key) ?? (await this.policyOf(institution, text));
    this.policies.set(key, policy);
    // Copies: the bytes of a row are of its batch.
    this.before = { institutionId: Buffer.from(institutionId), reference: Buffer.from(reference), policy };
    return policy;
  }
}
