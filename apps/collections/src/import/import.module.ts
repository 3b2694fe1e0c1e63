import { ImportsModule } from '#imports';
import { StandingModule } from '../standing/standing.module.ts';
import { uploadModule } from '../uploads.ts';
import { AgenciesKind } from './agencies.kind.ts';
import { AgencyImportStore } from './agency-import.store.ts';
import { AgencyStaffKind } from './agency-staff.kind.ts';
import { CaseImportStore } from './case-import.store.ts';
import { CasesKind } from './cases.kind.ts';
import { ContactLogKind } from './contact-log.kind.ts';
import { DueDatesKind } from './due-dates.kind.ts';
import { DueImportStore } from './due-import.store.ts';
import { LogImportStore } from './log-import.store.ts';

/** The files that this service imports, and who may bring them. */
export const importModule = ImportsModule.with({
  uploads: uploadModule,
  kinds: {
    cases: CasesKind,
    'contact-log': ContactLogKind,
    agencies: AgenciesKind,
    'agency-staff': AgencyStaffKind,
    'due-dates': DueDatesKind,
  },
  providers: [CaseImportStore, LogImportStore, AgencyImportStore, DueImportStore],
  rooms: [StandingModule],
  mayCreate: ['collections-manager', 'agency-supervisor', 'integration', 'admin'],
  mayRead: ['collections-manager', 'agency-supervisor', 'compliance', 'integration', 'admin'],
});
