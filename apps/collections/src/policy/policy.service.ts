import { Inject, Injectable } from '@nestjs/common';
import { compilePolicy, effectiveRows, type EffectiveRow, type PackVersion, type Policy, type TenantValues } from '#contact-rules';
import type { Tx } from '#pg';
import { compile, packOf, packsOf, type PolicyContent } from './content.ts';
import { PolicyStore } from './policy.store.ts';

/** What a decision was or is made under; recorded with it. */
export interface PolicyRef {
  readonly packs: readonly PackVersion[];
  /** The number of the institution's version whose adjustments and rules hold; null or left out: none do. */
  readonly institution?: number | null;
  /** Of decisions that are older than versions. */
  readonly tenantValues?: TenantValues;
}

/** A reference without a version of an institution. */
type Published = PolicyRef & { readonly institution?: null };

export interface InForce {
  readonly ref: PolicyRef;
  readonly policy: Policy;
}

// What an institution without any version is judged by, in its newest version.
const DEFAULT_PACK = 'cn-card';
// Of all institutions together; more than are ever in use at a time.
const MOST_KEPT = 2000;

class Kept<T> {
  private readonly values = new Map<string, T>();

  get(key: string): T | undefined {
    return this.values.get(key);
  }

  set(key: string, value: T): T {
    if (this.values.size >= MOST_KEPT) this.values.clear();
    this.values.set(key, value);
    return value;
  }
}

/** Policies ready to judge. Versions are immutable, so that each is read and compiled once. */
@Injectable()
export class PolicyService {
  private readonly contents = new Kept<PolicyContent>();
  private readonly compiled = new Kept<Policy>();

  constructor(@Inject(PolicyStore) private readonly store: PolicyStore = new PolicyStore()) {}

  /** The number of the version in force for a product (null: for products without one of their own) at an instant (null: now); null: the institution has none. */
  numberAt(tx: Tx, institutionId: string, product: string | null, at: Date | null): Promise<number | null> {
    return this.store.numberAt(tx, institutionId, product ?? '', at);
  }

  /** The products that have a version of their own at an instant. */
  productsWithOwn(tx: Tx, institutionId: string, at: Date): Promise<string[]> {
    return this.store.productsWithOwn(tx, institutionId, at);
  }

  /** The policy of a version of the institution; null: of an institution that has none. Throws Error for a number that it does not have. */
  async inForce(tx: Tx, institutionId: string, number: number | null): Promise<InForce> {
    if (number === null) {
      const ref = { ...this.refOf([DEFAULT_PACK]), institution: null };
      return { ref, policy: this.policy(ref) };
    }
    const { packs } = await this.contentOf(tx, institutionId, number);
    const ref = { packs, institution: number };
    return { ref, policy: await this.policyOf(tx, institutionId, ref) };
  }

  /** What is in force for a product at an instant: `numberAt` and `inForce`. */
  async inForceAt(tx: Tx, institutionId: string, product: string | null, at: Date | null): Promise<InForce> {
    return this.inForce(tx, institutionId, await this.numberAt(tx, institutionId, product, at));
  }

  /** The policy of any reference, old ones included, so that recorded decisions can be made again. Throws Error for what there is not. */
  async policyOf(tx: Tx, institutionId: string, ref: PolicyRef): Promise<Policy> {
    const number = ref.institution ?? null;
    if (number === null) return this.policy({ ...ref, institution: null });
    const key = JSON.stringify([institutionId, number, ref.packs]);
    return this.compiled.get(key) ?? this.compiled.set(key, compile(ref.packs, number, await this.contentOf(tx, institutionId, number)));
  }

  /** The rows that judge a product at an instant, with the packs and the version that they come from; null: the institution has decided nothing. */
  async rowsAt(
    tx: Tx,
    institutionId: string,
    product: string,
    at: Date,
  ): Promise<{ number: number | null; packs: readonly PackVersion[]; rows: EffectiveRow[] }> {
    const number = await this.numberAt(tx, institutionId, product, at);
    const content = number === null ? this.withoutVersion : await this.contentOf(tx, institutionId, number);
    return { number, packs: content.packs, rows: effectiveRows(packsOf(content.packs), content) };
  }

  /** What an institution is judged by that has decided nothing. */
  get withoutVersion(): PolicyContent {
    return { packs: this.refOf([DEFAULT_PACK]).packs, adjust: {}, rules: [] };
  }

  /** Every version that judges or ever will, in no order, ready to judge: for who judges the past by what was in force then. */
  async versions(tx: Tx, institutionId: string): Promise<{ product: string; from: number; number: number; policy: Policy }[]> {
    const dates = await this.store.dates(tx, institutionId);
    const found = [];
    // One after the other on the one connection; each is read once in the life of the process.
    for (const { number, product, effectiveFrom } of dates) {
      const { policy } = await this.inForce(tx, institutionId, number);
      found.push({ product, from: effectiveFrom.getTime(), number, policy });
    }
    return found;
  }

  /** The newest versions of the packs named, as published. Throws Error for a name that is none: validate first. */
  refOf(packs: readonly string[]): Published {
    return { packs: packs.map((name) => ({ pack: name, version: packOf(name).version })) };
  }

  /** The policy of packs as published; of a reference without a version of an institution. */
  policy({ packs, tenantValues = {} }: Published): Policy {
    const key = JSON.stringify([packs, tenantValues]);
    const policy = this.compiled.get(key);
    if (policy) return policy;
    return this.compiled.set(key, compilePolicy(packsOf(packs), null, tenantValues));
  }

  private async contentOf(tx: Tx, institutionId: string, number: number): Promise<PolicyContent> {
    const key = JSON.stringify([institutionId, number]);
    const known = this.contents.get(key);
    if (known) return known;
    const version = await this.store.find(tx, institutionId, number);
    if (version === null) throw new Error(`there is no policy version ${number} of the institution`);
    return this.contents.set(key, version.content);
  }
}
