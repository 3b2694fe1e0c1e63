import { ImportsModule } from '#imports';
import { StaffModule } from '../agency-staff/staff.module.ts';
import { StandingModule } from '../standing/standing.module.ts';
import { uploadModule } from '../uploads.ts';
import { AgenciesKind } from './agencies.kind.ts';
import { AgencyImportStore } from './agency-import.store.ts';
import { AgencyStaffKind } from './agency-staff.kind.ts';
import { CaseImportStore } from './case-import.store.ts';
import { CasesKind } from './cases.kind.ts';
import { ContactLogKind } from './contact-log.kind.ts';
import { LogImportStore } from './log-import.store.ts';

/** The files that this service imports, and who may bring them. */
export const importModule = ImportsModule.with({
  uploads: uploadModule,
  rooms: [StandingModule, StaffModule],
  kinds: { cases: CasesKind, 'contact-log': ContactLogKind, agencies: AgenciesKind, 'agency-staff': AgencyStaffKind },
  providers: [CaseImportStore, LogImportStore, AgencyImportStore],
  mayCreate: ['collections-manager', 'agency-supervisor', 'integration', 'admin'],
  mayRead: ['collections-manager', 'agency-supervisor', 'compliance', 'integration', 'admin'],
});
