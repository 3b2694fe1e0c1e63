import type { ReactNode } from 'react';
import { useMay } from '../../../session/session.ts';
import type { Complaint } from '../wire.ts';
import { DecisionSection } from './decision-section.tsx';
import { TellingSection } from './telling-section.tsx';

/** What is decided, and how the complainant is told. */
export function DecisionSections({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const [mayRead, mayReadTelling] = [useMay('complaints.listDecisions'), useMay('complaints.findTelling')];
  return (
    <>
      {mayRead && <DecisionSection complaint={complaint} />}
      {mayReadTelling && <TellingSection complaint={complaint} />}
    </>
  );
}
