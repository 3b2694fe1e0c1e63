import type { ReactNode } from 'react';
import type { CaseView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import './collecting.css';
import { Recordings } from './recordings.tsx';
import { Scripts } from './scripts.tsx';
import { Timeline } from './timeline.tsx';
import { PlanVisit } from './plan-visit.tsx';

/** What a collector does on a case besides calling: what to say, what happened, notes, recordings, a visit. */
export function Collecting({ found }: { readonly found: CaseView }): ReactNode {
  const maySpeak = useMay('collections.readScripts');
  const mayPlan = useMay('collections.planVisit');
  const mayRead = useMay('collections.listTimeline');
  const mayHear = useMay('collections.listRecordings');
  return (
    <div className="fb-columns">
      {mayRead ? <Timeline found={found} /> : <div />}
      <div>
        {maySpeak && <Scripts found={found} />}
        {mayHear && <Recordings found={found} />}
        {mayPlan && <PlanVisit found={found} />}
      </div>
    </div>
  );
}
