import { CLOCK_PACK_NAMES, findClockPack, REJECTION_CODES, calendarOf } from './index.ts';

describe.each(CLOCK_PACK_NAMES)('%s', (name) => {
  const pack = findClockPack(name);
  if (!pack) throw new Error(`${name} is missing`);

  it('has the three terms, each longer than the one before', () => {
    const days = ['decide', 'decide-complex', 'decide-special'].map((termId) => pack.rows.find((row) => row.termId === termId)?.days ?? 0);
    expect(days.every((one, index) => one > (days[index - 1] ?? 0))).toBe(true);
  });

  it('has rows of the known kinds only, each with source, grade and first day', () => {
    for (const row of pack.rows) {
      expect(['term', 'pause', 'restart', 'agreed', 'closing']).toContain(row.kind);
      expect(row).toMatchObject({ source: expect.any(String), article: expect.any(String), grade: expect.stringMatching(/^[ABC]$/) });
      expect(row.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      if (row.kind === 'term') expect(['natural', 'working']).toContain(row.unit);
    }
  });

  it('names what every refusal rests on, and a country with a calendar', () => {
    expect(Object.keys(pack.rejections).toSorted()).toEqual([...REJECTION_CODES].toSorted());
    expect(calendarOf(pack.country).country).toBe(pack.country);
  });

  it('is found by its version too, and by no other', () => {
    expect(findClockPack(name, pack.version)).toBe(pack);
    expect(findClockPack(name, 999)).toBeUndefined();
    expect(findClockPack('no-pack')).toBeUndefined();
  });
});
