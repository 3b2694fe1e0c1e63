import type { ReactNode } from 'react';
import type { CaseView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { Recordings } from './recordings.tsx';
import { Scripts } from './scripts.tsx';
import { Timeline } from './timeline.tsx';
import { PlanVisit } from './plan-visit.tsx';

// What a collector does on a case besides calling, each part where it is needed.

interface OfCase {
  readonly found: CaseView;
}

/** What to say, beside what may be called. */
export function Speaking({ found }: OfCase): ReactNode {
  return useMay('collections.readScripts') && <Scripts found={found} />;
}

/** What happened, with notes. */
export function Happened({ found }: OfCase): ReactNode {
  return useMay('collections.listTimeline') ? <Timeline found={found} /> : <div />;
}

/** Recordings, and a visit. */
export function Kept({ found }: OfCase): ReactNode {
  const mayPlan = useMay('collections.planVisit');
  const mayHear = useMay('collections.listRecordings');
  return (
    <>
      {mayHear && <Recordings found={found} />}
      {mayPlan && <PlanVisit found={found} />}
    </>
  );
}
