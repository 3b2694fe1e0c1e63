import type { ReactNode } from 'react';
import { useMay } from '../../../session/session.ts';
import type { Complaint } from '../wire.ts';
import { HandlerCard } from './handler-card.tsx';
import { NoteSection } from './note-section.tsx';
import { StageTrackSection } from './stage-track.tsx';
import { TaskSection } from './task-section.tsx';

/** How a complaint is handled: its stages, its handler, who is asked, what is noted. */
export function Handling({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const mayReadNotes = useMay('complaints.listComplaintNotes');
  return (
    <>
      <StageTrackSection complaint={complaint} />
      <HandlerCard complaint={complaint} />
      <TaskSection complaint={complaint} />
      {mayReadNotes && <NoteSection complaint={complaint} />}
    </>
  );
}
