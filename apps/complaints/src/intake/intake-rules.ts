import { Zone } from '#contact-rules';
import type { FieldError } from '#problem';
import { impliedKind, MOST_REPRESENTATIVES, type ComplainantKind, type Forwarded } from './complainant-kinds.ts';

interface Person {
  readonly name: string;
  readonly relationship?: string | null;
}

/** What a request or a row says of who complains. */
export interface Stated {
  readonly kind: ComplainantKind | null;
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly contact: string | null;
  readonly hasProxy: boolean;
  readonly groupSize: number;
  readonly representatives: readonly Person[];
  readonly forwarded: Forwarded | null;
}

type Rule = (stated: Stated, kind: ComplainantKind) => readonly FieldError[];

const error = (pointer: string, detail: string, source?: string): FieldError => ({ pointer, detail, ...(source && { source }) });
const when = (condition: boolean, fault: FieldError): FieldError[] => (condition ? [fault] : []);

/** CMP20 13: a name and a way to answer; whoever does not say who he is, is heard all the same. */
const whoComplains: Rule = ({ name, idNumber, contact }, kind) => {
  if (kind === 'anonymous')
    return [
      ...when(name !== null, error('/complainant/name', 'is left out of an anonymous complaint')),
      ...when(idNumber !== null, error('/complainant/idNumber', 'is left out of an anonymous complaint')),
    ];
  return [
    ...when(name === null, error('/complainant/name', 'must not be empty; complainantKind `anonymous` does without', 'CMP20 13')),
    ...when(contact === null, error('/complainant/contact', 'must not be empty; complainantKind `anonymous` does without', 'CMP20 13')),
  ];
};

/** CMP20 14: a proxy is named, and so are heirs with their relation to who died. */
const whoActs: Rule = ({ hasProxy, representatives }, kind) => [
  ...when(kind === 'proxy' && !hasProxy, error('/complainant/proxy', 'is needed: who complains on behalf of the complainant', 'CMP20 14')),
  ...when(kind === 'anonymous' && hasProxy, error('/complainant/proxy', 'nobody lets another act for him without a name', 'CMP20 14')),
  ...when(kind === 'heirs' && representatives.length === 0, error('/representatives', 'is needed: the heirs who complain', 'CMP20 14')),
  ...(kind === 'heirs'
    ? representatives.flatMap(({ relationship }, index) =>
        when(!relationship, error(`/representatives/${index}/relationship`, 'is needed: how the heir stood to who died', 'CMP20 14')),
      )
    : []),
];

/** CMP20 12: those who speak for a group are chosen out of it, five at most. */
const whoSpeaks: Rule = ({ groupSize, representatives }, kind) => {
  const count = representatives.length;
  return [
    ...when(kind === 'group' && groupSize < 2, error('/groupSize', 'a group has two persons at least', 'CMP20 12')),
    ...when(
      kind === 'anonymous' && groupSize > 1,
      error('/groupSize', 'several who complain together choose who speaks for them', 'CMP20 12'),
    ),
    ...when(kind !== 'group' && kind !== 'heirs' && count > 0, error('/representatives', 'are for the kinds group and heirs')),
    ...when(count > MOST_REPRESENTATIVES, error('/representatives', `has ${count}: ${MOST_REPRESENTATIVES} at most`, 'CMP20 12')),
    ...when(kind === 'group' && count > groupSize, error('/representatives', 'has more than the group', 'CMP20 12')),
  ];
};

/** CMP20 33: what a regulator sends on is known by its reference; the bank cannot have it before it was sent. */
const whoForwarded =
  (receivedAt: Date, timeZone: string): Rule =>
  ({ forwarded }) =>
    forwarded === null
      ? []
      : when(
          forwarded.forwardedOn > Zone.of(timeZone).format(receivedAt.getTime()).slice(0, 10),
          error('/forwarded/forwardedOn', 'is after the bank received it', 'CMP20 33'),
        );

/** Whose complaint it is: as said, else as it looks. */
export const kindOf = (stated: Stated): ComplainantKind => stated.kind ?? impliedKind(stated);

/** What is wrong with who complains, field by field; empty: nothing. */
export function intakeErrors(stated: Stated, receivedAt: Date, timeZone: string): FieldError[] {
  const kind = kindOf(stated);
  return [whoComplains, whoActs, whoSpeaks, whoForwarded(receivedAt, timeZone)].flatMap((rule) => rule(stated, kind));
}

export type NeededProof = 'authority' | 'heirship';

/** The paper without which a decision is not told to who acts. It is no reason not to take the complaint in (CMP20 14). */
export function proofOf(kind: ComplainantKind): NeededProof | null {
  if (kind === 'proxy') return 'authority';
  return kind === 'heirs' ? 'heirship' : null;
}

export const CANNOT = ['tell', 'call-back', 'review', 'account-data'] as const;
export type Cannot = (typeof CANNOT)[number];

/** What cannot be done for who does not say who he is: nobody can be told without a way to reach him, and nobody's data are given to a stranger. */
export function cannotOf(kind: ComplainantKind, hasContact: boolean): readonly Cannot[] {
  if (kind !== 'anonymous') return [];
  return hasContact ? ['review', 'account-data'] : CANNOT;
}
