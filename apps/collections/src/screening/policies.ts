import type { Policy } from '#contact-rules';
import type { InForce } from '../policy/policy.service.ts';
import type { VersionNumbers } from './portfolio.reader.ts';
import type { ScreeningSummary } from './tally.ts';

// The longest local day of the tz database has 26 hours (Antarctica/Troll); the gate never looks back less.
const SHORTEST_HISTORY_MS = 30 * 3_600_000;

/** The policies of all products at an instant. */
export class Policies {
  private readonly byProduct = new Map<string | null, InForce & { readonly version: number | null }>();

  static async load(numbers: VersionNumbers, inForce: (number: number | null) => Promise<InForce>): Promise<Policies> {
    const policies = new Policies();
    for (const [product, version] of numbers) policies.byProduct.set(product, { ...(await inForce(version)), version });
    return policies;
  }

  of(product: string): Policy {
    const found = this.byProduct.get(product) ?? this.byProduct.get(null);
    if (!found) throw new Error('there is no policy for products without one of their own');
    return found.policy;
  }

  get historyMs(): number {
    const windows = [...this.byProduct.values()].flatMap(({ policy }) => policy.rules.map((rule) => rule.historyMs));
    return Math.max(SHORTEST_HISTORY_MS, ...windows.filter((window) => Number.isFinite(window)));
  }

  get shown(): ScreeningSummary['policies'] {
    return [...this.byProduct].map(([product, { version, ref }]) => ({ product, version, packs: ref.packs }));
  }
}
