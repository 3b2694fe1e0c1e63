import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { PACK_NAMES, PACKS } from './index.ts';

const docs = join(import.meta.dirname, '../../docs');
const text = readFileSync(join(docs, 'rules.md'), 'utf8');
/** The section of a pack. */
const sectionOf = (pack: string): string =>
  text.split(/^## /m).find((section) => section.startsWith(`Rules of the pack \`${pack}\``)) ?? '';
const tableRow = (pack: string, ruleId: string): string =>
  sectionOf(pack)
    .split('\n')
    .find((line) => line.startsWith(`| \`${ruleId}\` `)) ?? '';
const citation = ({ source, article }: { source: string; article: string }): string => `${source} ${article}`.trim();

/** The files that a row of the table links to, as seen from this folder. */
const linksOf = (row: string): string[] =>
  [...row.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => relative(import.meta.dirname, join(docs, path ?? '')));

const newest = PACK_NAMES.map((name) => PACKS.findLast(({ pack }) => pack === name)).filter((pack) => pack !== undefined);
/** The provincial pack has the rows of cn-card: its table tells what it cites itself. */
const isToldWhole = (pack: string): boolean => pack !== 'cn-heilongjiang';
const rows = newest.flatMap(({ pack, rules }) => rules.map((row) => ({ ...row, pack })));

describe('docs/rules.md', () => {
  it.each(rows.filter(({ pack }) => isToldWhole(pack)))('tells of $ruleId of $pack: source, grade, code and cases', (row) => {
    const told = tableRow(row.pack, row.ruleId);
    const cells = told.split('|').map((cell) => cell.trim());
    expect(cells).toEqual(expect.arrayContaining([citation(row), row.grade]));
    const [code = '', cases = ''] = linksOf(told);
    expect(code).toBe(`kinds/${row.kind}.ts`);
    expect(existsSync(join(import.meta.dirname, code))).toBe(true);
    const { rule } = parse(readFileSync(join(import.meta.dirname, cases), 'utf8')) as { rule: string | string[] };
    expect([rule].flat()).toContain(row.ruleId);
  });

  it.each(rows.filter(({ pack }) => !isToldWhole(pack)))('tells what $pack cites for $ruleId, where cn-card cites another', (row) => {
    const same = rows.find(({ pack, ruleId }) => pack === 'cn-card' && ruleId === row.ruleId);
    const cells = tableRow(row.pack, row.ruleId)
      .split('|')
      .map((cell) => cell.trim());
    if (same === undefined || citation(same) !== citation(row)) expect(cells).toEqual(expect.arrayContaining([citation(row), row.grade]));
    else expect(cells).toEqual(['']);
  });

  it.each([...new Set(rows.flatMap(({ source, also = [] }) => [source, ...also.map((other) => other.source)]))])(
    'lists the instrument %s',
    (source) => {
      expect(text).toContain(`| ${source} `);
    },
  );

  it.each(newest.filter(({ pack }) => isToldWhole(pack)))('tells the rules of $pack in its order', ({ pack, rules }) => {
    const ids = [...sectionOf(pack).matchAll(/^\| `([a-z-]+)` .*kinds\//gm)].map(([, ruleId]) => ruleId);
    expect(ids).toEqual(rules.map(({ ruleId }) => ruleId));
  });

  it('links to files that exist', () => {
    const all = linksOf(text).filter((path) => !path.includes('://'));
    expect(all.filter((path) => !existsSync(join(import.meta.dirname, path)))).toEqual([]);
  });
});
