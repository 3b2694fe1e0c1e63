import fc from 'fast-check';
import { assign, mayReview } from './assign.ts';
import { drawSample, sizeOf } from './sample.ts';

const unit = fc.record({ id: fc.uuid(), agencyId: fc.constantFrom('a', 'b', null) });
const units = fc.uniqueArray(unit, { selector: ({ id }) => id, maxLength: 60 });
const share = fc.record({
  percent: fc.integer({ min: 1, max: 100 }),
  minimum: fc.integer({ min: 0, max: 20 }),
  secondPercent: fc.integer({ min: 0, max: 100 }),
});

describe('what is drawn', () => {
  it('is the share of each agency, at least the minimum, and never more than there is', () => {
    fc.assert(
      fc.property(units, share, fc.string(), (all, asked, seed) => {
        const drawn = new Set(drawSample(seed, all, asked).map(({ id }) => id));
        for (const agencyId of ['a', 'b', null]) {
          const layer = all.filter((each) => each.agencyId === agencyId);
          expect(layer.filter(({ id }) => drawn.has(id))).toHaveLength(sizeOf(layer.length, asked));
        }
      }),
    );
  });

  it('is the same for the same seed, in whatever order the recordings come', () => {
    fc.assert(
      fc.property(units, share, (all, asked) => {
        expect(drawSample('seed', [...all].toReversed(), asked)).toEqual(drawSample('seed', all, asked));
      }),
    );
  });

  it('gives every recording the same chance, within what chance allows', () => {
    const all = Array.from({ length: 100 }, (_none, index) => ({ id: `r${index}`, agencyId: null }));
    const counts = new Map<string, number>();
    const runs = 2000;
    for (let run = 0; run < runs; run += 1)
      for (const { id } of drawSample(`seed ${run}`, all, { percent: 10, minimum: 0, secondPercent: 0 }))
        counts.set(id, (counts.get(id) ?? 0) + 1);
    // Chi-square with 99 degrees of freedom: 149 is exceeded once in a thousand.
    const expected = runs / 10;
    const chi = all.reduce((sum, { id }) => sum + ((counts.get(id) ?? 0) - expected) ** 2 / expected, 0);
    expect(chi).toBeLessThan(149);
  });

  it('has so many for a second reviewer', () => {
    const all = Array.from({ length: 40 }, (_none, index) => ({ id: `r${index}`, agencyId: 'a' }));
    const drawn = drawSample('s', all, { percent: 50, minimum: 0, secondPercent: 10 });
    expect([drawn.length, drawn.filter(({ second }) => second).length]).toEqual([20, 2]);
  });
});

describe('who reviews', () => {
  const reviewers = ['x', 'y', 'z'].map((person) => ({ person, collectorIds: [`c-${person}`] }));
  const many = Array.from({ length: 30 }, (_none, index) => ({
    id: `r${index}`,
    second: index % 3 === 0,
    collectorIds: [`c-${'xyz'[index % 3]}`],
    askedBy: 'y',
  }));

  it('had no part in the contact; the second is another than the first', () => {
    const assigned = assign(many, reviewers, new Map());
    for (const { id, reviewer } of assigned) {
      const of = many.find((each) => each.id === id);
      if (reviewer !== null && of) expect(mayReview({ person: reviewer, collectorIds: [`c-${reviewer}`] }, of)).toBe(true);
    }
    for (const { id } of many.filter(({ second }) => second)) {
      const [one, two] = assigned.filter((each) => each.id === id);
      expect(two?.position).toBe(2);
      expect(one?.reviewer).not.toBe(two?.reviewer);
    }
  });

  it('has about as much to do as the others, counting what is there already', () => {
    const plain = Array.from({ length: 30 }, (_none, index) => ({ id: `r${index}`, second: false, collectorIds: [], askedBy: null }));
    const assigned = assign(plain, reviewers, new Map([['x', 9]]));
    const count = (who: string): number => assigned.filter(({ reviewer }) => reviewer === who).length;
    expect([count('x'), count('y'), count('z')]).toEqual([4, 13, 13]);
  });

  it('is nobody of the list where everybody had a part', () => {
    expect(assign([{ id: 'r', second: true, collectorIds: ['x'], askedBy: null }], [{ person: 'x', collectorIds: [] }], new Map())).toEqual(
      [
        { id: 'r', position: 1, reviewer: null },
        { id: 'r', position: 2, reviewer: null },
      ],
    );
  });
});
