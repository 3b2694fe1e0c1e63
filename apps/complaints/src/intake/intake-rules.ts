import { Zone } from '#contact-rules';
import type { FieldError } from '#problem';
import type { ComplainantKind } from '../complaint/complainant-kinds.ts';
import type { ComplaintRequest } from '../complaint/complaint.dto.ts';

/** How complaints come in, as codes; a request may have others. */
export const CHANNELS = [
  'phone',
  'branch',
  'letter',
  'web',
  'email',
  'regulator-12378',
  'regulator-pboc',
  'regulator-forward',
  'other',
] as const;

/** Several who complain together face to face choose five at most to speak for them (CMP20 12). */
export const MOST_REPRESENTATIVES = 5;

export const isForwardedChannel = (channel: string): boolean => channel.startsWith('regulator-');

/** Whose complaint the request is, where it does not say. */
export function kindOf({ complainantKind, complainant, groupSize }: ComplaintRequest): ComplainantKind {
  if (complainantKind) return complainantKind;
  if (complainant.proxy) return 'proxy';
  return (groupSize ?? 1) > 1 ? 'group' : 'person';
}

type Rule = (request: ComplaintRequest, kind: ComplainantKind) => readonly FieldError[];

const error = (pointer: string, detail: string, source?: string): FieldError => ({ pointer, detail, ...(source && { source }) });

/** CMP20 13: a name and a way to answer; whoever does not say who they are is heard all the same. */
const whoComplains: Rule = ({ complainant: { name, idNumber, contact } }, kind) => {
  if (kind === 'anonymous')
    return [
      ...(name === undefined ? [] : [error('/complainant/name', 'is left out of an anonymous complaint')]),
      ...(idNumber ? [error('/complainant/idNumber', 'is left out of an anonymous complaint')] : []),
    ];
  return [
    ...(name === undefined ? [error('/complainant/name', 'must not be empty; complainantKind `anonymous` does without')] : []),
    ...(contact === undefined ? [error('/complainant/contact', 'must not be empty; complainantKind `anonymous` does without')] : []),
  ];
};

/** CMP20 14: a proxy has a letter of authority, an heir a relation that can be shown. */
const whoActs: Rule = ({ complainant: { proxy }, representative }, kind) => {
  const acts = kind === 'heir' || kind === 'legal-representative';
  return [
    ...(kind === 'proxy' && !proxy ? [error('/complainant/proxy', 'is needed: who complains on behalf of the complainant', 'CMP20 14')] : []),
    ...(kind === 'anonymous' && proxy ? [error('/complainant/proxy', 'nobody can let another act for them without a name', 'CMP20 14')] : []),
    ...(acts && !representative ? [error('/representative', 'is needed: who acts for the complainant', 'CMP20 14')] : []),
    ...(acts && representative && !representative.relationship
      ? [error('/representative/relationship', 'is needed: how they stand to the complainant', 'CMP20 14')]
      : []),
    ...(!acts && representative ? [error('/representative', 'is for the kinds heir and legal-representative')] : []),
  ];
};

/** CMP20 12: representatives are chosen out of the group, five at most. */
const whoSpeaks: Rule = ({ groupSize, representatives }, kind) => {
  const count = representatives?.length ?? 0;
  const size = groupSize ?? 1;
  return [
    ...(kind === 'group' && size < 2 ? [error('/groupSize', 'a group has two persons at least')] : []),
    ...(kind !== 'group' && count > 0 ? [error('/representatives', 'are for the kind group')] : []),
    ...(count > MOST_REPRESENTATIVES
      ? [error('/representatives', `has ${count}; a group chooses ${MOST_REPRESENTATIVES} at most`, 'CMP20 12')]
      : []),
    ...(kind === 'group' && count > size ? [error('/representatives', 'has more than the group', 'CMP20 12')] : []),
  ];
};

/** CMP20 33: what a regulator sends on is received when the bank has it, and known by the regulator's reference. */
const whoForwarded =
  (receivedAt: Date, timeZone: string): Rule =>
  ({ channel, forwarded }) => {
    if (isForwardedChannel(channel) && !forwarded)
      return [error('/forwarded', 'is needed: regulator, its reference and when it was sent on', 'CMP20 33')];
    if (!isForwardedChannel(channel) && forwarded) return [error('/forwarded', 'is for the channels that begin with regulator-')];
    if (forwarded && forwarded.forwardedOn > Zone.of(timeZone).format(receivedAt.getTime()).slice(0, 10))
      return [error('/forwarded/forwardedOn', 'is after the bank received it')];
    return [];
  };

/** What is wrong with who complains, as fields; empty: nothing. */
export function intakeErrors(request: ComplaintRequest, receivedAt: Date, timeZone: string): FieldError[] {
  const kind = kindOf(request);
  return [whoComplains, whoActs, whoSpeaks, whoForwarded(receivedAt, timeZone)].flatMap((rule) => rule(request, kind));
}

/** What cannot be done for whoever complains without a name. */
export function cannotOf(kind: ComplainantKind, contact: string | null): string[] {
  if (kind !== 'anonymous') return [];
  return contact === null ? ['telling', 'call-back', 'review', 'account-data'] : ['review', 'account-data'];
}

/** Which paper is still to be brought. It is no reason not to take the complaint in. */
export function missingOf(kind: ComplainantKind, hasAuthority: boolean): string[] {
  if (hasAuthority) return [];
  if (kind === 'proxy') return ['letter-of-authority'];
  if (kind === 'heir') return ['proof-of-inheritance'];
  return kind === 'legal-representative' ? ['proof-of-representation'] : [];
}
