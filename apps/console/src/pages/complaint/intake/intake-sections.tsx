import type { ReactNode } from 'react';
import { useMay } from '../../../session/session.ts';
import type { Complaint } from '../wire.ts';
import { DuplicateSection } from './duplicate-section.tsx';
import { IntakeSection } from './intake-section.tsx';
import { ReceiptSection } from './receipt-section.tsx';

/** How a complaint came in: who complains, what looks like it, when it was received. */
export function IntakeSections({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const isRead = useMay('complaints.findIntake');
  if (!isRead) return null;
  return (
    <>
      <IntakeSection complaint={complaint} />
      <DuplicateSection complaint={complaint} />
      <ReceiptSection complaint={complaint} />
    </>
  );
}
