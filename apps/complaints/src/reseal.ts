import { runReseal } from '#reseal';
import { loadConfig } from './config.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';

if (import.meta.main) await runReseal('complaints', loadConfig(process.env), SEALED_COLUMNS);
