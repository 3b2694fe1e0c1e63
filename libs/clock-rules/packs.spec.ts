import { APPROVER_LEVELS, CLOCK_PACK_NAMES, findClockPack, MATTERS, REJECTION_CODES, TERM_IDS, calendarOf } from './index.ts';

describe.each(CLOCK_PACK_NAMES)('%s', (name) => {
  const pack = findClockPack(name);
  if (!pack) throw new Error(`${name} is missing`);

  const terms = pack.rows.filter((row) => row.kind === 'term');

  it('begins with a term, and every grant leads from one that is there to a longer one that is there', () => {
    expect(terms[0]).toMatchObject({ termId: 'decide' });
    expect(terms[0]?.matter).toBeUndefined();
    for (const { grants, from, matter, refusals } of pack.grants) {
      const daysOf = (termId: string): number => terms.find((row) => row.termId === termId && row.matter === matter)?.days ?? 0;
      expect(from.map((termId) => daysOf(termId) > 0 && daysOf(termId) < daysOf(grants))).toEqual(from.map(() => true));
      // Whichever of the pack's terms rules, the event is either possible or refused for a reason.
      const others = terms.filter((row) => row.matter === matter && !from.includes(row.termId)).map(({ termId }) => termId);
      expect(Object.keys(refusals)).toEqual(expect.arrayContaining(others.filter((termId) => daysOf(termId) >= daysOf(grants))));
    }
  });

  it('has grants of known events, terms, approvers and refusals, one for an event and a matter', () => {
    const known = pack.grants.map(({ event, matter }) => `${event} ${matter ?? ''}`);
    expect(new Set(known).size).toBe(known.length);
    for (const { event, grants, from, refusals, approvers, unapproved, complainantTold, matter } of pack.grants) {
      expect(['declared-complex', 'extended']).toContain(event);
      expect(TERM_IDS).toEqual(expect.arrayContaining([grants, ...from, ...Object.keys(refusals)]));
      expect(APPROVER_LEVELS).toEqual(expect.arrayContaining([...approvers]));
      expect(REJECTION_CODES).toEqual(expect.arrayContaining([unapproved, ...Object.values(refusals)]));
      expect(typeof complainantTold).toBe('boolean');
      if (matter !== undefined) expect(MATTERS).toContain(matter);
    }
  });

  it('has rows of the known kinds only, each with source, grade and first day', () => {
    for (const row of pack.rows) {
      expect(['term', 'window', 'review', 'pause', 'restart', 'agreed', 'closing']).toContain(row.kind);
      expect(row).toMatchObject({ source: expect.any(String), article: expect.any(String), grade: expect.stringMatching(/^[ABC]$/) });
      expect(row.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      if ('unit' in row) expect(['natural', 'working']).toContain(row.unit);
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
