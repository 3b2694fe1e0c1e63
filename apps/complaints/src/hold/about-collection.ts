/** What a complaint says of whom it is about. */
export interface Aim {
  readonly category: string | null;
  readonly account: string | null;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
}

/** Whether the complaint is about collection: by its category, or because it names an agency or a collector. */
export const isAboutCollection = ({ category, agencyId, collectorId }: Aim): boolean =>
  category === 'collection' || /^collection[-.]/.test(category ?? '') || agencyId !== null || collectorId !== null;

/** Collections can stop contacts only where it is said for which account. */
export const asksForHold = (aim: Aim): boolean => aim.account !== null && isAboutCollection(aim);
