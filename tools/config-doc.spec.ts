import { readFileSync } from 'node:fs';
import { configurationDocument } from './config-doc.ts';

it('docs/configuration.md is what `npm run -s config:doc` prints', () => {
  expect(readFileSync(new URL('../docs/configuration.md', import.meta.url), 'utf8')).toBe(configurationDocument());
});
