import { runMigration } from '#entry';
import { CreateComplaints1795363200000 } from '../migrations/1795363200000-create-complaints.ts';
import { CreateReport1795363200003 } from '../migrations/1795363200003-create-report.ts';
import { CreateDueCheck1795363201000 } from '../migrations/1795363201000-create-due-check.ts';
import { CreateReview1796100007000 } from '../migrations/1796100007000-create-review.ts';
import { CreateCallback1796100007001 } from '../migrations/1796100007001-create-callback.ts';
import { CreateRectification1796100007002 } from '../migrations/1796100007002-create-rectification.ts';
import { CreateComplaintFile1796100002001 } from '../migrations/1796100002001-create-complaint-file.ts';
import { CreateDispatch1796100006000 } from '../migrations/1796100006000-create-dispatch.ts';
import { CreateDesk1796100004000 } from '../migrations/1796100004000-create-desk.ts';
import { CreateHandling1796100004001 } from '../migrations/1796100004001-create-handling.ts';
import { CreateApproval1796100005000 } from '../migrations/1796100005000-create-approval.ts';
import { CreateDossier1796100008000 } from '../migrations/1796100008000-create-dossier.ts';
import { CreateSearch1796100005001 } from '../migrations/1796100005001-create-search.ts';
import { loadConfig } from './config.ts';

await runMigration({ name: 'complaints', loadConfig }, [
  CreateComplaints1795363200000,
  CreateReport1795363200003,
  CreateDueCheck1795363201000,
  CreateReview1796100007000,
  CreateCallback1796100007001,
  CreateRectification1796100007002,
  CreateComplaintFile1796100002001,
  CreateDispatch1796100006000,
  CreateDesk1796100004000,
  CreateHandling1796100004001,
  CreateApproval1796100005000,
  CreateDossier1796100008000,
  CreateSearch1796100005001,
]);
