import { CONFLICT, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const POINT_KNOWN = conflict('point-known', 'The party has this contact point already');
export const PARTY_KNOWN = conflict('party-known', 'The case has a party with this id already');
export const PARTY_PENDING = conflict('party-pending', 'The same waits for its second person already');
export const PARTY_DECIDED = conflict('party-decided', 'It was approved or rejected already');
export const OWN_PARTY = conflict('own-party', 'Who proposed somebody as liable does not approve it');
export const THE_DEBTOR = conflict('the-debtor', 'The debtor of a case stays its debtor; see merge and split');
export const PARTY_OVER = conflict('party-over', 'That party was ended already');
