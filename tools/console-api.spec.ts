import { readFileSync } from 'node:fs';
import { consoleApi } from './console-api.ts';

describe('what the console knows of the services', () => {
  it('is generated from the committed documents: `npm run openapi` brings it up to date', async () => {
    for (const [path, text] of Object.entries(await consoleApi())) expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
