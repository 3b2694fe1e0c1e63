import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { findPack, PACK_NAMES } from './index.ts';

const docs = join(import.meta.dirname, '../../docs');
const text = readFileSync(join(docs, 'rules.md'), 'utf8');
const tableRow = (ruleId: string): string => text.split('\n').find((line) => line.startsWith(`| \`${ruleId}\` `)) ?? '';

/** The files that a row of the table links to, as seen from this folder. */
const linksOf = (row: string): string[] =>
  [...row.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => relative(import.meta.dirname, join(docs, path ?? '')));

const rows = PACK_NAMES.flatMap((name) => (findPack(name)?.rules ?? []).map((row) => ({ ...row, pack: name })));

describe('docs/rules.md', () => {
  it.each(rows)('tells of $ruleId of $pack: source, grade, code and cases', ({ ruleId, kind, source, article, grade }) => {
    const row = tableRow(ruleId);
    const cells = row.split('|').map((cell) => cell.trim());
    expect(cells).toEqual(expect.arrayContaining([`${source} ${article}`.trim(), grade]));
    const [code = '', cases = ''] = linksOf(row);
    expect(code).toBe(`kinds/${kind}.ts`);
    expect(existsSync(join(import.meta.dirname, code))).toBe(true);
    const { rule } = parse(readFileSync(join(import.meta.dirname, cases), 'utf8')) as { rule: string | string[] };
    expect([rule].flat()).toContain(ruleId);
  });

  it.each([...new Set(rows.map(({ source }) => source))])('lists the instrument %s', (source) => {
    expect(text).toContain(`| ${source} `);
  });

  it('tells the rules in the order of the pack', () => {
    const ids = [...text.matchAll(/^\| `([a-z-]+)` .*kinds\//gm)].map(([, ruleId]) => ruleId);
    expect(ids).toEqual(rows.map(({ ruleId }) => ruleId));
  });

  it('links to files that exist', () => {
    const all = linksOf(text).filter((path) => !path.includes('://'));
    expect(all.filter((path) => !existsSync(join(import.meta.dirname, path)))).toEqual([]);
  });
});
