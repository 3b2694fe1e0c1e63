import type { ReactNode } from 'react';
import { useMay } from '../../../session/session.ts';
import type { Complaint } from '../wire.ts';
import { BadFaithSection } from './bad-faith-section.tsx';
import { ClassificationSection } from './classification-section.tsx';

/** What a complaint is, and what speaks for bad faith. */
export function SortingSections({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const mayRead = useMay('complaints.findClassification');
  const maySee = useMay('complaints.findBadFaith');
  return (
    <>
      {mayRead && <ClassificationSection complaint={complaint} />}
      {maySee && <BadFaithSection complaint={complaint} />}
    </>
  );
}
