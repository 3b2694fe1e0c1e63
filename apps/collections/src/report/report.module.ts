import { ReportsModule } from '#reports';
import { PolicyModule } from '../policy/policy.module.ts';
import { uploadModule } from '../uploads.ts';
import { AgencyRegisterReport } from './agency-register.report.ts';
import { ComplianceReport } from './compliance.report.ts';
import { DossierReport } from './dossier.report.ts';
import { DossierStore } from './dossier.store.ts';
import { OversightRowsStore } from './oversight-rows.store.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { RulesInForceReport } from './rules-in-force.report.ts';

/** The reports of this service, and who may have them made and read them. */
export const reportModule = ReportsModule.with({
  uploads: uploadModule,
  kinds: {
    'collections-compliance': ComplianceReport,
    'agency-register': AgencyRegisterReport,
    'rules-in-force': RulesInForceReport,
    'case-dossier': DossierReport,
  },
  rooms: [PolicyModule],
  providers: [ReportRowsStore, OversightRowsStore, DossierStore],
  roles: ['collections-manager', 'compliance', 'regulator', 'admin'],
  makes: ['collections-manager', 'compliance', 'admin'],
  signs: ['compliance'],
  keeps: ['compliance', 'admin'],
});
