import type { Session } from '../../session/session.ts';
import { may } from '../../session/session.ts';
import type { Draft } from './wire.ts';

// What the service would refuse anyway is left out, with the reason in words where people ask for one.

export type Step = 'edit' | 'submit' | 'withdraw' | 'approve' | 'reject' | 'simulate' | 'copy';
export type Hint =
  | 'draftOwn'
  | 'draftOther'
  | 'submittedOwn'
  | 'submittedApprover'
  | 'submittedReader'
  | 'approved'
  | 'approvedNow'
  | 'recalled'
  | 'rejected'
  | 'withdrawn';

type Seen = Pick<Draft, 'state' | 'author' | 'effectiveFrom' | 'recalledAt'>;

const isAuthor = ({ author }: Seen, { subject }: Session): boolean => author === subject;

/** What the reader may do to the draft as it stands. */
export function stepsFor(draft: Seen, session: Session): readonly Step[] {
  const own = isAuthor(draft, session);
  const allowed: Readonly<Record<Step, boolean>> = {
    edit: draft.state === 'draft' && own && may(session, 'collections.changePolicyDraft'),
    submit: draft.state === 'draft' && own && may(session, 'collections.submitPolicyDraft'),
    withdraw: (draft.state === 'draft' || draft.state === 'submitted') && own && may(session, 'collections.withdrawPolicyDraft'),
    // Never the author: a change is seen by two people.
    approve: draft.state === 'submitted' && !own && may(session, 'collections.approvePolicyDraft'),
    reject: draft.state === 'submitted' && !own && may(session, 'collections.rejectPolicyDraft'),
    simulate: (draft.state === 'draft' || draft.state === 'submitted') && may(session, 'collections.createPolicySimulation'),
    copy: (draft.state === 'rejected' || draft.state === 'withdrawn') && may(session, 'collections.createPolicyDraft'),
  };
  return (Object.keys(allowed) as Step[]).filter((step) => allowed[step]);
}

/** What comes next, told to the reader. */
export function hintFor(draft: Seen, session: Session, nowMs: number): Hint {
  const own = isAuthor(draft, session);
  switch (draft.state) {
    case 'draft':
      return own ? 'draftOwn' : 'draftOther';
    case 'submitted':
      if (own) return 'submittedOwn';
      return may(session, 'collections.approvePolicyDraft') ? 'submittedApprover' : 'submittedReader';
    case 'approved':
      if (draft.recalledAt !== null) return 'recalled';
      return draft.effectiveFrom !== null && Date.parse(draft.effectiveFrom) <= nowMs ? 'approvedNow' : 'approved';
    case 'rejected':
    case 'withdrawn':
      return draft.state;
  }
}
