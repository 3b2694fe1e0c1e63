import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { CLOCK_PACK_NAMES, findClockPack } from './index.ts';

const docs = join(import.meta.dirname, '../../docs');
const text = readFileSync(join(docs, 'rules.md'), 'utf8');
const section = text.split('\n## ').find((part) => part.startsWith('Complaint clocks')) ?? '';
const rows = CLOCK_PACK_NAMES.flatMap((name) => findClockPack(name)?.rows ?? []);
const tableRow = (termId: string): string => section.split('\n').find((line) => line.startsWith(`| \`${termId}\` `)) ?? '';

describe('docs/rules.md, complaint clocks', () => {
  it.each(rows)('tells of $termId: days, source, grade, code and cases', ({ termId, days, source, article, grade }) => {
    const row = tableRow(termId);
    const cells = row.split('|').map((cell) => cell.trim());
    expect(cells).toEqual(expect.arrayContaining([days === null ? '–' : String(days), `${source} ${article}`, grade]));
    const [code = '', cases = ''] = [...row.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) =>
      relative(import.meta.dirname, join(docs, path ?? '')),
    );
    expect(existsSync(join(import.meta.dirname, code))).toBe(true);
    const { term } = parse(readFileSync(join(import.meta.dirname, cases), 'utf8')) as { term: string[] };
    expect(term).toContain(termId);
  });

  it('tells the terms in the order of the packs', () => {
    const told = [...section.matchAll(/^\| `([a-z-]+)` /gm)].map(([, termId]) => termId);
    expect(told).toEqual(rows.map(({ termId }) => termId));
  });

  it.each([...new Set(rows.map(({ source }) => source))])('lists the instrument %s', (source) => {
    expect(text).toContain(`| ${source} `);
  });
});
