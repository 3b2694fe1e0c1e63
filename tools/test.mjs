// `npm test`: see --help. Installs and builds, then tools/test/ goes on under the repository's Node.
import { command, openDataFolder, prepare, runBuilt } from './bootstrap.mjs';

const help = `npm test [-- options] [jest arguments]   lint, format, types, directions, and every test on real PostgreSQL and Redis
  --only pure|db|system   one kind of tests and no checks; pure needs neither PostgreSQL nor Redis nor a browser
Environment: REDIS_URL (else redis-server from the PATH), CHROME_PATH (else chromium or chrome from the usual places, else one is fetched).`;

await command(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  openDataFolder();
  // Only tests of the whole start services and open pages.
  await prepare({ toRun: !/--only[ =](pure|db)\b/.test(args.join(' ')) });
  return await runBuilt('tools/test/main', args, { ipc: true });
});
