import { ReportsModule } from '#reports';
import { uploadModule } from '../uploads.ts';
import { ComplianceReport } from './compliance.report.ts';
import { ReportRowsStore } from './report-rows.store.ts';

/** The reports of this service, and who may have them made and read them. */
export const reportModule = ReportsModule.with({
  uploads: uploadModule,
  kinds: { 'collections-compliance': ComplianceReport },
  providers: [ReportRowsStore],
  roles: ['collections-manager', 'compliance', 'regulator', 'admin'],
  makes: ['collections-manager', 'compliance', 'admin'],
  signs: ['compliance'],
  keeps: ['compliance', 'admin'],
});
