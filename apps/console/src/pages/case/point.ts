import type { CaseView, ContactPointView, PartyView } from '../../api/models.ts';
import type { Purpose } from './queries.ts';

/** A contact point, whose it is in which case, and what it would be used for. */
export interface PointProps {
  readonly found: CaseView;
  readonly party: PartyView;
  readonly point: ContactPointView;
  readonly purpose: Purpose;
}
