import { Injectable } from '@nestjs/common';
import { compilePolicy, findPack, PACK_NAMES, type Pack, type Policy, type TenantValues } from '#contact-rules';

/** The packs, by version, and the tenant's values that a decision was or is made under; recorded with it. */
export interface PolicyRef {
  readonly packs: readonly { readonly pack: string; readonly version: number }[];
  readonly tenantValues: TenantValues;
}

/** What institution_policy says; null where the institution has set nothing. */
export interface PolicyRow {
  readonly packs: readonly string[];
  readonly tenantValues: TenantValues;
}

const DEFAULT_ROW: PolicyRow = { packs: ['cn-card'], tenantValues: {} };

/** Packs ready to judge, compiled once per combination. */
@Injectable()
export class PolicyService {
  private readonly compiled = new Map<string, Policy>();

  /** The newest versions of the packs named. Throws Error for a name that is none: validate first. */
  refOf(packs: readonly string[], tenantValues: TenantValues = {}): PolicyRef {
    return { packs: packs.map((name) => ({ pack: name, version: this.pack(name).version })), tenantValues };
  }

  /** What is in force for an institution. */
  inForce(row: PolicyRow | null): PolicyRef {
    const { packs, tenantValues } = row ?? DEFAULT_ROW;
    return this.refOf(packs, tenantValues);
  }

  /** The policy of a reference, old versions included, so that recorded decisions can be made again. */
  policy(ref: PolicyRef): Policy {
    const key = JSON.stringify(ref);
    const known = this.compiled.get(key);
    if (known) return known;
    const policy = compilePolicy(
      ref.packs.map(({ pack, version }) => this.pack(pack, version)),
      null,
      ref.tenantValues,
    );
    this.compiled.set(key, policy);
    return policy;
  }

  private pack(name: string, version?: number): Pack {
    const pack = findPack(name, version);
    if (!pack)
      throw new Error(`there is no pack ${name}${version === undefined ? '' : ` version ${version}`}; known are ${PACK_NAMES.join(', ')}`);
    return pack;
  }
}
