import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import type { PersonalData } from '../complaint/sealing.ts';
import { NO_NAME } from '../intake/complainant-kinds.ts';
import type { Obstacle } from './duplicate.dto.ts';
import type { Compared } from './likeness.ts';

/** What of a complaint is compared with another. */
export const comparedOf = (record: ComplaintRecord, { name, idNumber, contact, subject, narrative }: PersonalData): Compared => ({
  name: name === NO_NAME ? null : name,
  idNumber,
  contact,
  subject,
  narrative,
  account: record.account,
  category: record.category,
  agencyId: record.agencyId,
  receivedAt: record.receivedAt,
});

type Placed = Pick<ComplaintRecord, 'id' | 'receivedAt' | 'registeredAt'>;

/** Which of two was received first; at the same instant, which was registered first. */
export function isBefore(one: Placed, other: Placed): boolean {
  const [received, registered] = [
    one.receivedAt.getTime() - other.receivedAt.getTime(),
    one.registeredAt.getTime() - other.registeredAt.getTime(),
  ];
  return received !== 0 ? received < 0 : registered !== 0 ? registered < 0 : one.id < other.id;
}

/** Why the later one cannot go on as the earlier one (CMP20 18); null: it can. */
export function obstacleOf(
  later: Pick<ComplaintRecord, 'closedAt' | 'decidedAt'>,
  earlier: Pick<ComplaintRecord, 'closedAt'>,
  isSamePerson: boolean,
): Obstacle | null {
  if (later.closedAt !== null) return 'later-closed';
  if (later.decidedAt !== null) return 'later-decided';
  if (earlier.closedAt !== null) return 'earlier-closed';
  return isSamePerson ? null : 'other-person';
}
