import { ImportsModule } from '#imports';
import { PaymentModule } from '../payment/payment.module.ts';
import { PaymentsKind } from '../payment/payments.kind.ts';
import { StaffModule } from '../agency-staff/staff.module.ts';
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
    payments: PaymentsKind,
    'due-dates': DueDatesKind,
  },
  rooms: [PaymentModule, StaffModule, StandingModule],
  providers: [CaseImportStore, LogImportStore, AgencyImportStore, DueImportStore],
  mayCreate: ['collections-manager', 'agency-supervisor', 'integration', 'admin'],
  mayRead: ['collections-manager', 'agency-supervisor', 'compliance', 'integration', 'admin'],
});
