import { timingSafeEqual } from 'node:crypto';
import type { Vault } from '#vault';
import { isUuid } from '#wire';

const CONTEXT = 'callback.token';

/** What a link is for. */
export interface LinkOf {
  readonly institutionId: string;
  readonly id: string;
}

const macOf = (vault: Vault, { institutionId, id }: LinkOf): Buffer => vault.index(`${institutionId}/${id}`, CONTEXT);

/** The secret of a link: it follows from the call-back under the key of the installation, so that no copy of it is kept, and nobody else can make one. */
export const tokenOf = (vault: Vault, link: LinkOf): string =>
  [Buffer.from(link.institutionId).toString('base64url'), link.id.replaceAll('-', ''), macOf(vault, link).toString('base64url')].join('.');

/** What a token was made for; null: it is none of ours. */
export function readToken(vault: Vault, token: string): LinkOf | null {
  const [institution = '', hex = '', mac = '', ...rest] = token.split('.');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (rest.length > 0 || institution === '' || !/^[0-9a-f]{32}$/.test(hex) || !isUuid(id)) return null;
  const link = { institutionId: Buffer.from(institution, 'base64url').toString(), id };
  const [given, right] = [Buffer.from(mac, 'base64url'), macOf(vault, link)];
  return given.length === right.length && timingSafeEqual(given, right) && tokenOf(vault, link) === token ? link : null;
}
