import { list, type ConfigOf } from '#config';

const ring = list('PEER_KEYS', {
  group: 'peers',
  description:
    'Keys with which services sign what they ask of each other, `id:base64,...` of 32 bytes each; the first signs, all verify. Empty: no service reads from another',
  fallback: [],
  secret: true,
});

export interface PeerKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Throws an Error whose message completes "PEER_KEYS …". */
export function readPeerKeys(entries: readonly string[]): PeerKey[] {
  const keys = entries.map((entry) => {
    const [id = '', encoded = ''] = entry.split(':');
    const bytes = Buffer.from(encoded, 'base64');
    if (!/^[a-z0-9-]{1,16}$/.test(id) || bytes.length !== 32 || new Set(bytes).size < 8)
      throw new Error('must be a comma-separated list of id:base64 with 32 random bytes each, the signing key first');
    return { id, bytes };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error('must not have two keys of one id');
  return keys;
}

/** What a service reads that asks others or is asked. */
export const peerSettings = {
  peerKeys: {
    ...ring,
    parse: (raw: string): readonly string[] => {
      const entries = ring.parse(raw);
      readPeerKeys(entries);
      return entries;
    },
  },
};

export type PeerConfig = ConfigOf<typeof peerSettings> & { readonly demo: boolean };

/** The ring of a configuration. Throws Error for a key of the demo in production: it is in a folder that anybody may have copied. */
export function ringOf({ peerKeys, demo }: PeerConfig): PeerKey[] {
  const keys = readPeerKeys(peerKeys);
  const [known] = demo ? [] : keys.filter(({ id }) => id.startsWith('demo'));
  if (known) throw new Error(`PEER_KEYS has ${known.id}, a key of the demo: make one of your own`);
  return keys;
}
