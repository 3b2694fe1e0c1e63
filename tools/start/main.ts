import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setup } from './services.ts';
import { Supervisor } from './supervisor.ts';

const distFolder = fileURLToPath(new URL('../..', import.meta.url));
const args = process.argv.slice(2);
const supervisor = new Supervisor({
  setup,
  distFolder,
  dataFolder: join(distFolder, '..', '.data'),
  reset: args.includes('--reset'),
  noSeed: args.includes('--no-seed'),
});
process.exit(await supervisor.run());
