import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

const source = fileURLToPath(new URL('..', import.meta.url));

function* leaves(node: unknown, path = ''): Generator<[string, string]> {
  if (typeof node === 'string') yield [path, node];
  else for (const [key, value] of Object.entries(node ?? {})) yield* leaves(value, path === '' ? key : `${path}.${key}`);
}

// Chinese has one plural form, English two.
const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, '');
const keysOf = (words: object): string[] => [...new Set([...leaves(words)].map(([key]) => withoutPlural(key)))].toSorted();
const placeholders = (text: string): string[] => (text.match(/{{\w+[^}]*}}/g) ?? []).toSorted();

const pages = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !/\.(spec|d)\.tsx?$/.test(name),
);

describe('the words of both languages', () => {
  it('have the same keys', () => expect(keysOf(en)).toEqual(keysOf(zh)));

  it('have the same placeholders', () => {
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(zh)) {
      const other = english.get(key) ?? english.get(`${key}_other`) ?? '';
      expect([key, placeholders(other)]).toEqual([key, placeholders(text)]);
    }
  });

  it('are in their language', () => {
    const han = /\p{Script=Han}/u;
    const inOther = new Set(['shell.otherLanguage', 'shell.switchLanguage']);
    const strayed = [...leaves(en)].filter(([key, text]) => han.test(text) && !inOther.has(key)).map(([key]) => key);
    expect(strayed).toEqual([]);
  });

  it('are there for every key that a page asks for', () => {
    const keys = new Set(keysOf(zh));
    const missing: string[] = [];
    for (const name of pages) {
      for (const [, key = ''] of readFileSync(`${source}/${name}`, 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)) {
        if (!keys.has(key)) missing.push(`${name}: ${key}`);
      }
      // A key that is put together has to begin where words are.
      for (const [, start = ''] of readFileSync(`${source}/${name}`, 'utf8').matchAll(/\bt\(\s*`([^$`]+)\$/g)) {
        if (![...keys].some((key) => key.startsWith(start))) missing.push(`${name}: ${start}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('are all that pages say: no text stands in them', () => {
    const han = /\p{Script=Han}/u;
    const strayed = pages.filter((name) => !name.startsWith('i18n/') && han.test(readFileSync(`${source}/${name}`, 'utf8')));
    expect(strayed).toEqual([]);
  });
});
