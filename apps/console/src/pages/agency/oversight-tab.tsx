import type { ReactNode } from 'react';
import type { AgencyView } from '../../api/models.ts';
import { AgencyOversight } from '../oversight/agency-oversight.tsx';

/** Its score, evaluations, inspections and sanctions. */
export const OversightTab = ({ agency }: { readonly agency: AgencyView }): ReactNode => <AgencyOversight agencyId={agency.agencyId} />;
