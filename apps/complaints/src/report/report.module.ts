import { ReportsModule } from '#reports';
import { uploadModule } from '../uploads.ts';
import { MajorReport } from './major.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { TimelinessReport } from './timeliness.report.ts';

/** The reports of this service, and who may have them made and read them. */
export const reportModule = ReportsModule.with({
  uploads: uploadModule,
  kinds: { 'complaint-timeliness': TimelinessReport, 'major-complaints': MajorReport },
  providers: [ReportRowsStore],
  roles: ['collections-manager', 'compliance', 'complaint-supervisor', 'head-office-approver', 'regulator', 'admin'],
  makes: ['collections-manager', 'compliance', 'complaint-supervisor', 'head-office-approver', 'admin'],
  signs: ['compliance'],
  keeps: ['compliance', 'admin'],
});
