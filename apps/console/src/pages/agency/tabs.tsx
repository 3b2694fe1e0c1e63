import type { ComponentType } from 'react';
import type { AgencyView } from '../../api/models.ts';
import type { Operation } from '../../session/session.ts';
import { ContractsTab } from './contracts-tab.tsx';
import { DevicesTab } from './devices-tab.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { FindingsTab } from './findings-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { OversightTab } from './oversight-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { StaffTab } from './staff-tab.tsx';
import { TrainingTab } from './training-tab.tsx';

export interface AgencyTab {
  /** In the address, `?tab=`. */
  readonly id: string;
  /** A key of the words. */
  readonly label: string;
  /** Who may read what it shows. */
  readonly needs: Operation;
  readonly Body: ComponentType<{ readonly agency: AgencyView }>;
  /** Not for people of the agency, whatever their role. */
  readonly bankOnly?: boolean;
}

/** In the order of the page: one line a tab. */
export const AGENCY_TABS: readonly AgencyTab[] = [
  { id: 'overview', label: 'registry.tab.overview', needs: 'collections.findAgency', Body: OverviewTab },
  { id: 'contracts', label: 'registry.tab.contracts', needs: 'collections.listAgencyContracts', Body: ContractsTab },
  { id: 'staff', label: 'registry.tab.staff', needs: 'collections.listAgencyStaff', Body: StaffTab },
  { id: 'devices', label: 'registry.tab.devices', needs: 'collections.listAgencyDevices', Body: DevicesTab },
  { id: 'documents', label: 'registry.tab.documents', needs: 'collections.listAgencyDocuments', Body: DocumentsTab },
  { id: 'training', label: 'registry.tab.training', needs: 'collections.listAgencyTrainings', Body: TrainingTab },
  { id: 'findings', label: 'registry.tab.findings', needs: 'collections.listAgencyFindings', Body: FindingsTab, bankOnly: true },
  { id: 'oversight', label: 'registry.tab.oversight', needs: 'collections.listInspections', Body: OversightTab },
  { id: 'history', label: 'registry.tab.history', needs: 'collections.findAgency', Body: HistoryTab },
];
