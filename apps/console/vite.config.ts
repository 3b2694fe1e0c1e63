import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// The parts that every page needs, by how rarely they change; what one page needs stays with that page.
const shared = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
  { name: 'words', test: /node_modules[\\/](i18next|react-i18next|openapi-fetch|@tanstack)[\\/]/ },
];

/** The console's pages. `tools/build-console.mjs` runs this; the outcome is served by server/. */
export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: false,
  cacheDir: here('../../node_modules/.vite-console'),
  clearScreen: false,
  build: {
    outDir: process.env.CONSOLE_OUT ?? here('../../dist/apps/console/app'),
    emptyOutDir: true,
    target: 'es2023',
    // A strict policy forbids scripts and fonts in data: addresses.
    assetsInlineLimit: 0,
    // The polyfill would be an inline script.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: { groups: shared } } },
  },
});
