// `node tools/run.mjs [node flags] <entry> [args]`: installs and builds what is missing, then runs dist/<entry>.js under the repository's Node.
// Everything said here goes to stderr; stdout and the exit code belong to the command.
import { command, prepare, runBuilt } from './bootstrap.mjs';
import { Told } from './explain.mjs';

await command(async () => {
  const given = process.argv.slice(2);
  // What begins with a dash before the entry is for Node itself.
  const at = given.findIndex((arg) => !arg.startsWith('-'));
  const [entry, ...args] = at < 0 ? [] : given.slice(at);
  if (!entry) throw new Told('Which entry? For example: node tools/run.mjs tools/config-doc');
  // Benches start services; what else is run here is whole in itself.
  await prepare({ toRun: entry.startsWith('test/') });
  return await runBuilt(entry, args, { nodeArgs: given.slice(0, at) });
});
