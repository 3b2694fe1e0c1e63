// Compiles apps/, libs/ and tools/ to dist/ with swc, file by file, only what changed since the last build; bundles what the services load; then the
// console's pages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat, writeFile, copyFile, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLED } from './bundled.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const skipped = /(\.spec\.ts|\.d\.ts)$/;
// What a service reads at run time beside its code.
const copied = /\.(json|html|css|svg|js|mjs|yaml)$/;
const bundleStamp = join(root, 'dist/bundle.stamp');
const entries = new Set(BUNDLED.map((entry) => join(root, `${entry}.ts`)));
// What the bundler makes, in dist/.
const isBundle = (path) => path === 'bundle.stamp' || /^chunks[\\/.]/.test(path) || BUNDLED.some((entry) => path === join(`${entry}.js`));
// The console's pages are Vite's to build: what they are made of, and what it makes of them.
const isPages = (path) => /^apps[\\/]console[\\/](src[\\/]|app[\\/.]|[^\\/]+$)/.test(path);

// Beside the target first: another command may be loading it at this moment.
async function putFile(target, write) {
  const beside = `${target}.${process.pid}.new`;
  await write(beside);
  await rename(beside, target);
}

const mtime = async (path) => (await stat(path).catch(() => null))?.mtimeMs ?? 0;

/**
 * Builds what is newer than its output; removes output whose source is gone. Without `toRun` nothing that only a running installation needs:
 * neither the services' bundles nor the console's pages. Returns the number of files compiled.
 */
export async function build({ toRun = true } = {}) {
  const options = { ...JSON.parse(await readFile(join(root, '.swcrc'), 'utf8')), swcrc: false, cwd: root };
  // A change of compiler or lock file rebuilds everything.
  const floor = Math.max(await mtime(join(root, '.swcrc')), await mtime(join(root, 'tools/build.mjs')));
  const expected = new Set();
  let compiled = 0;
  for (const top of ['apps', 'libs', 'tools', 'test']) {
    const names = await readdir(join(root, top), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of names) {
      if (!entry.isFile()) continue;
      const source = join(entry.parentPath ?? entry.path, entry.name);
      if (isPages(relative(root, source))) continue;
      const isCode = source.endsWith('.ts') && !skipped.test(source);
      if (!isCode && !copied.test(source)) continue;
      const target = join(root, 'dist', relative(root, source)).replace(/\.ts$/, entries.has(source) ? '.entry.js' : '.js');
      expected.add(target);
      if ((await mtime(target)) > Math.max(await mtime(source), floor)) continue;
      await mkdir(dirname(target), { recursive: true });
      // A build that ends here leaves no bundle that looks like one of today.
      if (compiled === 0) await rm(bundleStamp, { force: true });
      compiled += 1;
      if (!isCode) {
        await putFile(target, (path) => copyFile(source, path));
        continue;
      }
      // Loading the compiler takes longer than finding that there is nothing to compile.
      const { transformFile } = await import('@swc/core');
      const out = await transformFile(source, { ...options, filename: source, sourceFileName: relative(dirname(target), source) });
      await putFile(`${target}.map`, (path) => writeFile(path, out.map ?? ''));
      const code = `${out.code}\n//# sourceMappingURL=${entry.name.replace(/\.ts$/, '.js')}.map\n`;
      await putFile(target, (path) => writeFile(path, code));
    }
  }
  for (const entry of await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true }).catch(() => [])) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const below = relative(join(root, 'dist'), path).replace(/\.map$/, '');
    const wanted = expected.has(path.replace(/\.map$/, '')) || isPages(below) || isBundle(below);
    // What another build puts down at this moment is left alone.
    if (entry.isFile() && !wanted && !path.endsWith('.new')) await rm(path, { force: true });
  }
  if (!toRun) return compiled;
  if ((await mtime(bundleStamp)) <= (await mtime(join(root, 'package-lock.json')))) {
    await inOwnNode('tools/bundle.mjs');
    await writeFile(bundleStamp, '');
  }
  await inOwnNode('tools/build-console.mjs');
  return compiled;
}

// In a process of its own: the bundler wants a newer Node than the first command may run under.
function inOwnNode(tool) {
  const own = join(root, 'node_modules/node/bin/node');
  const node = existsSync(own) ? own : process.execPath;
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(node, [join(root, tool)], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(undefined) : reject(new Error(`${tool}: ${output.trim()}`))));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  const compiled = await build();
  process.stderr.write(`build: ${compiled} files in ${Math.round(performance.now() - started)} ms\n`);
}
