import { runMigration } from '#entry';
import { CreateComplaints1795363200000 } from '../migrations/1795363200000-create-complaints.ts';
import { CreateDueCheck1795363201000 } from '../migrations/1795363201000-create-due-check.ts';
import { loadConfig } from './config.ts';

await runMigration({ name: 'complaints', loadConfig }, [CreateComplaints1795363200000, CreateDueCheck1795363201000]);
