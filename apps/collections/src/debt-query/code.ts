import type { Vault } from '#vault';

/**
 * The six digits of a question. They follow from its id under the key of the installation, so that no copy of them is kept, not even a hash (of which
 * a million tries find the digits), and a message that has to be sent again says the same.
 */
export const codeOf = (vault: Vault, id: string): string => {
  const number = vault.index(id, 'debt-query.code').readUIntBE(0, 6) % 1_000_000;
  return String(number).padStart(6, '0');
};
