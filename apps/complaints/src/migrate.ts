import { runMigration } from '#entry';
import { CreateComplaints1795363200000 } from '../migrations/1795363200000-create-complaints.ts';
import { loadConfig } from './config.ts';

await runMigration({ name: 'complaints', loadConfig }, [CreateComplaints1795363200000]);
