import { runMigration } from '#entry';
import { CreateComplaints1795363200000 } from '../migrations/1795363200000-create-complaints.ts';
import { CreateReport1795363200003 } from '../migrations/1795363200003-create-report.ts';
import { CreateDueCheck1795363201000 } from '../migrations/1795363201000-create-due-check.ts';
import { CreateComplaintFile1796100002001 } from '../migrations/1796100002001-create-complaint-file.ts';
import { CreateDispatch1796100006000 } from '../migrations/1796100006000-create-dispatch.ts';
import { CreateDesk1796100004000 } from '../migrations/1796100004000-create-desk.ts';
import { CreateApproval1796100005000 } from '../migrations/1796100005000-create-approval.ts';
import { CreateSearch1796100005001 } from '../migrations/1796100005001-create-search.ts';
import { CreateIntake1796100002002 } from '../migrations/1796100002002-create-intake.ts';
import { loadConfig } from './config.ts';

await runMigration({ name: 'complaints', loadConfig }, [
  CreateComplaints1795363200000,
  CreateReport1795363200003,
  CreateDueCheck1795363201000,
  CreateComplaintFile1796100002001,
  CreateIntake1796100002002,
  CreateDispatch1796100006000,
  CreateDesk1796100004000,
  CreateApproval1796100005000,
  CreateSearch1796100005001,
]);
