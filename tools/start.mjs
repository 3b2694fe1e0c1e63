// `npm start`: see --help. This part runs on any Node >= 20 with nothing installed; tools/start/ goes on from here.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command, dataFolder, openDataFolder, prepare, runBuilt, say } from './bootstrap.mjs';
import { Told } from './explain.mjs';
import { lockFolder } from './lock.mjs';

const help = `npm start [-- options]   installs, builds and runs Forbear with its own PostgreSQL, data under .data/
  --no-seed   start empty, without the demo institution
  --reset     remove all data under .data/ first (asks nothing)
  --help      this text
Environment: PORT (3000) is the port of the one address; REDIS_URL puts the queues on Redis.`;
const options = new Set(['--no-seed', '--reset', '--help', '-h']);

await command(async () => {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => !options.has(arg));
  if (unknown) throw new Told(`There is no option ${unknown}. See: npm start -- --help`);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const fresh = !existsSync(join(dataFolder, 'postgres'));
  openDataFolder();
  const lock = lockFolder(join(dataFolder, 'lock'), say);
  try {
    say(fresh ? 'Forbear 催收有度: first start …' : 'Forbear 催收有度: starting …');
    await prepare();
    return await runBuilt('tools/start/main', args, { ipc: true, env: { FORBEAR_LOCK_FROM: String(process.pid) } });
  } finally {
    lock.release();
  }
});
