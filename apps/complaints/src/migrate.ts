import { runMigration } from '#entry';
import { CreateComplaints1795363200000 } from '../migrations/1795363200000-create-complaints.ts';
import { CreateReport1795363200003 } from '../migrations/1795363200003-create-report.ts';
import { CreateDueCheck1795363201000 } from '../migrations/1795363201000-create-due-check.ts';
import { CreateClassification1796100003000 } from '../migrations/1796100003000-create-classification.ts';
import { CreateDecision1796100006001 } from '../migrations/1796100006001-create-decision.ts';
import { CreateReview1796100007000 } from '../migrations/1796100007000-create-review.ts';
import { CreateCallback1796100007001 } from '../migrations/1796100007001-create-callback.ts';
import { CreateRectification1796100007002 } from '../migrations/1796100007002-create-rectification.ts';
import { CreateComplaintFile1796100002001 } from '../migrations/1796100002001-create-complaint-file.ts';
import { CreateDispatch1796100006000 } from '../migrations/1796100006000-create-dispatch.ts';
import { CreateDesk1796100004000 } from '../migrations/1796100004000-create-desk.ts';
import { CreateBadFaith1796100003010 } from '../migrations/1796100003010-create-bad-faith.ts';
import { CreateWorkFile1796100004002 } from '../migrations/1796100004002-create-work-file.ts';
import { CreateHandling1796100004001 } from '../migrations/1796100004001-create-handling.ts';
import { CreateApproval1796100005000 } from '../migrations/1796100005000-create-approval.ts';
import { CreateDossier1796100008000 } from '../migrations/1796100008000-create-dossier.ts';
import { CreateSearch1796100005001 } from '../migrations/1796100005001-create-search.ts';
import { CreateTagsAndFilters1796100005002 } from '../migrations/1796100005002-create-tags-and-filters.ts';
import { CreateBulkAndExport1796100005003 } from '../migrations/1796100005003-create-bulk-and-export.ts';
import { CreateForecast1796100005004 } from '../migrations/1796100005004-create-forecast.ts';
import { IndexFailedDispatches1796100009005 } from '../migrations/1796100009005-index-failed-dispatches.ts';
import { CreatePublic1796100013000 } from '../migrations/1796100013000-create-public.ts';
import { CreateMailbox1796100013001 } from '../migrations/1796100013001-create-mailbox.ts';
import { CreateComplaintRule1796100011000 } from '../migrations/1796100011000-create-complaint-rule.ts';
import { CreateCalendar1796100011001 } from '../migrations/1796100011001-create-calendar.ts';
import { AddSevereCauses1796100015000 } from '../migrations/1796100015000-add-severe-causes.ts';
import { CreateMajor1796100014000 } from '../migrations/1796100014000-create-major.ts';
import { CreateIntake1796100012000 } from '../migrations/1796100012000-create-intake.ts';
import { AddStageCounted1796100017000 } from '../migrations/1796100017000-add-stage-counted.ts';
import { JoinMilestoneMessages1796100016000 } from '../migrations/1796100016000-join-milestone-messages.ts';
import { CreateEvidence1796200001000 } from '../migrations/1796200001000-create-evidence.ts';
import { CreateReportLife1796200002000 } from '../migrations/1796200002000-create-report-life.ts';
import { CreateRegulatorRead1796200020000 } from '../migrations/1796200020000-create-regulator-read.ts';
import { CreateReportPin1796200163000 } from '../migrations/1796200163000-create-report-pin.ts';
import { CreateRetention1796200161000 } from '../migrations/1796200161000-create-retention.ts';
import { loadConfig } from './config.ts';

await runMigration({ name: 'complaints', loadConfig }, [
  CreateComplaints1795363200000,
  CreateReport1795363200003,
  CreateDueCheck1795363201000,
  CreateClassification1796100003000,
  CreateBadFaith1796100003010,
  CreateReview1796100007000,
  CreateCallback1796100007001,
  CreateRectification1796100007002,
  CreateComplaintFile1796100002001,
  CreateDispatch1796100006000,
  CreateDecision1796100006001,
  CreateDesk1796100004000,
  CreateHandling1796100004001,
  CreateWorkFile1796100004002,
  CreateApproval1796100005000,
  CreateDossier1796100008000,
  CreateSearch1796100005001,
  CreateTagsAndFilters1796100005002,
  CreateBulkAndExport1796100005003,
  CreateForecast1796100005004,
  IndexFailedDispatches1796100009005,
  CreatePublic1796100013000,
  CreateMailbox1796100013001,
  CreateComplaintRule1796100011000,
  CreateCalendar1796100011001,
  AddSevereCauses1796100015000,
  CreateMajor1796100014000,
  CreateIntake1796100012000,
  JoinMilestoneMessages1796100016000,
  AddStageCounted1796100017000,
  CreateEvidence1796200001000,
  CreateReportLife1796200002000,
  CreateRegulatorRead1796200020000,
  CreateReportPin1796200163000,
  CreateRetention1796200161000,
]);
