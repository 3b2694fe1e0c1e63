import type { KeyObject } from 'node:crypto';
import { isHeadSigned, trustedKeys, type PublicKeyInfo, type SignedHead } from '#evidence';

interface LogName {
  readonly log: string;
  readonly institution: string;
}

/** The keys that are believed: those that the examiner brought, and those of the export for which one of them speaks. */
export class Trust {
  private readonly shown: PublicKeyInfo[] = [];
  private keys: Map<string, KeyObject> | null = null;

  constructor(private readonly given: ReadonlyMap<string, KeyObject>) {}

  add(key: PublicKeyInfo): void {
    this.shown.push(key);
    this.keys = null;
  }

  /** Why the head is not to be believed; null: it is. */
  doubtOf(head: SignedHead, name: LogName): string | null {
    this.keys ??= trustedKeys(this.given, { log: name.log, institution: name.institution }, this.shown);
    if (head.log !== name.log || head.institution !== name.institution) return 'it is of another log';
    const key = this.keys.get(head.keyId);
    if (!key) return `its key ${head.keyId} is none of the given ones, and none of them speaks for it`;
    return isHeadSigned(head, key) ? null : 'its signature is not that of its key';
  }
}
