import type { PastContact } from '#contact-rules';
import { ownText } from '#tabular';

const copied = (text: string | null): string | null => (text === null ? null : ownText(text));

/** Contacts with others at a number, by its token. Few numbers are shared, so they are kept in memory, each contact once. */
export class SharedContacts {
  private readonly byToken = new Map<string, PastContact[]>();

  /** In order of time. */
  add(contact: PastContact): void {
    if (contact.contactPoint === null) return;
    const token = ownText(contact.contactPoint);
    const { debtorId, debtId, partyId, agencyId, collectorIds } = contact;
    // It stays: the text of the rows around it must not stay with it.
    const kept = {
      ...contact,
      contactPoint: token,
      debtorId: copied(debtorId),
      debtId: copied(debtId),
      partyId: copied(partyId),
      agencyId: copied(agencyId),
      collectorIds: collectorIds?.map(ownText) ?? null,
    };
    const known = this.byToken.get(token);
    if (known) known.push(kept);
    else this.byToken.set(token, [kept]);
  }

  /** What counts at the number for the debtor: their own contacts at any number, and those of others at this one. */
  historyOf(own: readonly PastContact[], token: string, debtorId: string): readonly PastContact[] {
    const others = this.byToken.get(token)?.filter((past) => past.debtorId !== debtorId) ?? [];
    if (others.length === 0) return own;
    return own.length === 0 ? others : [...own, ...others].toSorted((one, other) => one.at - other.at);
  }
}
