// `node tools/run.mjs <entry> [args]`: installs and builds what is missing, then runs dist/<entry>.js under the repository's Node.
// Everything said here goes to stderr; stdout and the exit code belong to the command.
import { command, prepare, runBuilt } from './bootstrap.mjs';
import { Told } from './explain.mjs';

await command(async () => {
  const [entry, ...args] = process.argv.slice(2);
  if (!entry) throw new Told('Which entry? For example: node tools/run.mjs tools/config-doc');
  await prepare();
  return await runBuilt(entry, args);
});
