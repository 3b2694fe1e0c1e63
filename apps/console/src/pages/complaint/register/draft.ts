import { instantIn } from '../dates.ts';
import type { Kind } from '../intake/api.ts';

// The form of a new complaint: what it begins with, and what of it is sent.

export interface RegisterDraft {
  readonly channel?: string;
  readonly category?: string;
  readonly receivedAt?: string;
  readonly complainant?: {
    readonly name?: string;
    readonly idNumber?: string;
    readonly contact?: string;
    readonly proxy?: { readonly name?: string; readonly idNumber?: string; readonly contact?: string };
  };
  /** Who complains; the person concerned when left out. */
  readonly kind?: Kind;
  readonly representatives?: readonly { readonly name?: string; readonly contact?: string; readonly relationship?: string }[];
  readonly isForwarded?: boolean;
  readonly forwarded?: { readonly regulator?: string; readonly reference?: string; readonly forwardedOn?: string };
  readonly account?: string;
  readonly subject?: string;
  readonly narrative?: string;
  /** One per line. */
  readonly requests?: string;
  readonly against?: { readonly agencyId?: string; readonly collectorId?: string; readonly staffId?: string };
  readonly groupSize?: number;
  readonly externalRef?: string;
}

export interface Prefill {
  readonly draft: RegisterDraft;
  /** Whether it leads here from a contact. */
  readonly isFromContact: boolean;
}

/** `?caseId=&agencyId=` as a refused contact links here, and any other field by its name. */
export function prefillOf(search: URLSearchParams): Prefill {
  const get = (name: string): string | undefined => search.get(name)?.trim() || undefined;
  const account = get('account') ?? get('caseId');
  const against = { agencyId: get('agencyId'), collectorId: get('collectorId'), staffId: get('staffId') };
  const isFromContact = account !== undefined;
  return {
    isFromContact,
    draft: {
      kind: 'self',
      channel: get('channel') ?? 'phone',
      category: get('category') ?? (isFromContact ? 'collection' : undefined),
      account,
      subject: get('subject'),
      externalRef: get('externalRef'),
      against,
      groupSize: 2,
    },
  };
}

type Tree = { readonly [name: string]: unknown };

/** Without what is empty, all the way down; null when nothing is left. */
function filled(tree: Tree): Tree | null {
  const entries = Object.entries(tree)
    .map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value] as const)
    .map(
      ([name, value]) =>
        [name, typeof value === 'object' && value !== null && !Array.isArray(value) ? filled(value as Tree) : value] as const,
    )
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** What the service is sent. */
export function toComplaint(
  {
    kind = 'self',
    representatives = [],
    isForwarded = false,
    forwarded,
    requests = '',
    receivedAt,
    complainant,
    groupSize,
    ...rest
  }: RegisterDraft,
  timeZone: string,
): Tree {
  const { proxy, name, idNumber, contact } = complainant ?? {};
  const people = representatives.map((one) => filled({ ...one })).filter((one) => one !== null);
  const spoken = kind === 'group' || kind === 'heirs';
  const lines = requests
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    ...filled({
      ...rest,
      ...(kind !== 'self' && { complainantKind: kind }),
      ...(kind === 'group' && { groupSize }),
      ...(spoken && people.length > 0 && { representatives: people }),
      ...(isForwarded && { forwarded }),
      complainant: { contact, ...(kind !== 'anonymous' && { name, idNumber }), ...(kind === 'proxy' && { proxy }) },
      ...(receivedAt && { receivedAt: instantIn(timeZone, receivedAt) }),
    }),
    // An object even where nobody says who he is.
    ...(kind === 'anonymous' && !contact?.trim() && { complainant: {} }),
    requests: lines,
  };
}

/** The fields that an error can be placed at, by their path in what is sent. */
export const REGISTER_FIELDS: readonly string[][] = [
  ['channel'],
  ['category'],
  ['receivedAt'],
  ['complainant', 'name'],
  ['complainant', 'idNumber'],
  ['complainant', 'contact'],
  ['complainant', 'proxy', 'name'],
  ['complainant', 'proxy', 'idNumber'],
  ['complainant', 'proxy', 'contact'],
  ['kind'],
  ['representatives'],
  ['forwarded', 'regulator'],
  ['forwarded', 'reference'],
  ['forwarded', 'forwardedOn'],
  ['account'],
  ['subject'],
  ['narrative'],
  ['requests'],
  ['against', 'agencyId'],
  ['against', 'collectorId'],
  ['against', 'staffId'],
  ['groupSize'],
  ['externalRef'],
];
