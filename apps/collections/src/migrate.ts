import { runMigration } from '#entry';
import { CreateLedger1795276800000 } from '../migrations/1795276800000-create-ledger.ts';
import { CreateGate1795276800001 } from '../migrations/1795276800001-create-gate.ts';
import { loadConfig } from './config.ts';

await runMigration({ name: 'collections', loadConfig }, [CreateLedger1795276800000, CreateGate1795276800001]);
