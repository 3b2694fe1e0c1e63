import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { CLOCK_PACK_NAMES, findClockPack, type ClockPack } from './index.ts';

const docs = join(import.meta.dirname, '../../docs');
const rules = readFileSync(join(docs, 'rules.md'), 'utf8');
const clocks = readFileSync(join(docs, 'complaints-clocks.md'), 'utf8');
const sectionOf = (text: string, title: string): string => text.split('\n## ').find((part) => part.startsWith(title)) ?? '';
const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim());
const linesOf = (section: string): string[] => section.split('\n').filter((line) => /^\| `[a-z-]+` /.test(line));

type Row = ClockPack['rows'][number];
const packs = CLOCK_PACK_NAMES.map((name) => ({ name, rows: findClockPack(name)?.rows ?? [] }));
const daysOf = (row: Row): string => {
  if (row.days === null) return '–';
  return 'unit' in row && row.unit === 'working' ? `${row.days} working` : String(row.days);
};
const sourceOf = ({ source, article }: Row): string => `${source} ${article}`.trim();

describe.each(packs)('docs/complaints-clocks.md, $name', ({ name, rows }) => {
  const lines = linesOf(sectionOf(clocks, 'Terms')).filter((line) => cellsOf(line)[2] === `\`${name}\``);

  it('tells the rows of the pack in their order: days, source, grade, and cases that speak of them', () => {
    const told = lines.map((line) => {
      const [, termId, , matter, days, , source, grade] = cellsOf(line);
      return { termId, matter, days, source, grade };
    });
    expect(told).toEqual(
      rows.map((row) => ({
        termId: `\`${row.termId}\``,
        matter: 'matter' in row ? `\`${row.matter ?? ''}\`` : '',
        days: daysOf(row),
        source: sourceOf(row),
        grade: row.grade,
      })),
    );
    for (const [index, line] of lines.entries()) {
      const [cases = ''] = [...line.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => relative(import.meta.dirname, join(docs, path ?? '')));
      const { term } = parse(readFileSync(join(import.meta.dirname, cases), 'utf8')) as { term: string[] };
      expect(term).toContain(rows[index]?.termId);
    }
  });

  it.each([...new Set(rows.map(({ source }) => source))])('lists the instrument %s', (source) => {
    expect(`${rules}${clocks}`.includes(`| ${source} `)).toBe(true);
  });
});

describe('docs/rules.md, complaint clocks', () => {
  const lines = linesOf(sectionOf(rules, 'Complaint clocks'));

  it('tells rows of cn-banking-2020 as they are, each with its code and its cases', () => {
    const rowsOf = findClockPack('cn-banking-2020')?.rows ?? [];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [, termId = ''] = cellsOf(line);
      const row = rowsOf.find((one) => `\`${one.termId}\`` === termId);
      expect(cellsOf(line)).toEqual(expect.arrayContaining(row ? [daysOf(row), sourceOf(row), row.grade] : ['a row of the pack']));
      const [code = '', cases = ''] = [...line.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) =>
        relative(import.meta.dirname, join(docs, path ?? '')),
      );
      expect([existsSync(join(import.meta.dirname, code)), existsSync(join(import.meta.dirname, cases))]).toEqual([true, true]);
    }
  });
});
