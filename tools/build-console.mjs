// Builds the console's pages with Vite into dist/apps/console/app, when what they are made of has changed. Runs under the repository's Node.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'apps/console');
const target = join(root, 'dist/apps/console/app');
const stampFile = join(root, 'dist/apps/console/app.stamp');
const compressible = /\.(js|css|html|svg)$/;
const MIN_BYTES = 1024;

const isSource = (path) => !/\.(spec\.tsx?|d\.ts)$/.test(path);

/** What the pages are made of, as one hash: cheaper than it sounds, and right where times of files are not. */
async function fingerprint() {
  const hash = createHash('sha256');
  const files = await readdir(join(sources, 'src'), { recursive: true, withFileTypes: true });
  const paths = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const others = ['apps/console/index.html', 'apps/console/vite.config.ts', 'package-lock.json', 'tools/build-console.mjs'];
  for (const path of [...paths.filter(isSource).toSorted(), ...others.map((name) => join(root, name))]) {
    hash
      .update(path.slice(root.length))
      .update('\0')
      .update(await readFile(path));
  }
  return hash.digest('hex');
}

async function compress(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && compressible.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(
    files.map(async (file) => {
      const body = await readFile(file);
      if (body.length < MIN_BYTES) return;
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } };
      await writeFile(`${file}.br`, await promisify(brotliCompress)(body, quality));
      await writeFile(`${file}.gz`, await promisify(gzip)(body, { level: 9 }));
    }),
  );
}

/** Returns whether anything was built. */
export async function buildConsole() {
  const wanted = await fingerprint();
  const found = await readFile(stampFile, 'utf8').catch(() => '');
  if (found === wanted && existsSync(join(target, 'index.html'))) return false;
  const beside = `${target}.${process.pid}.new`;
  const before = `${target}.${process.pid}.old`;
  await mkdir(dirname(target), { recursive: true });
  // Loading the bundler takes longer than finding that there is nothing to build.
  const { build } = await import('vite');
  process.env.CONSOLE_OUT = beside;
  // Vite takes it from whoever calls: a test's would make pages of React for developers, whose effects run twice.
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: join(sources, 'vite.config.ts'), mode: 'production', logLevel: 'warn' });
    await compress(beside);
    // Another command may be serving from the folder at this moment: it is swapped, not emptied.
    await rename(target, before).catch(() => undefined);
    await rename(beside, target);
    await writeFile(stampFile, wanted);
  } finally {
    await Promise.all([beside, before].map((folder) => rm(folder, { recursive: true, force: true })));
  }
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  if (await buildConsole()) process.stderr.write(`console: built in ${Math.round(performance.now() - started)} ms\n`);
}
