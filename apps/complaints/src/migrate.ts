import { runMigration } from '#entry';
import { CreateComplaints1795363200000 } from '../migrations/1795363200000-create-complaints.ts';
import { CreateReport1795363200003 } from '../migrations/1795363200003-create-report.ts';
import { CreateDueCheck1795363201000 } from '../migrations/1795363201000-create-due-check.ts';
import { loadConfig } from './config.ts';

await runMigration({ name: 'complaints', loadConfig }, [
  CreateComplaints1795363200000,
  CreateReport1795363200003,
  CreateDueCheck1795363201000,
]);
