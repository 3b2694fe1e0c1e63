import fc from 'fast-check';
import { DEFAULT_WEIGHTS, ranked, score, type Candidate, type Traits } from './score.ts';

const nothing: Traits = { area: [], cause: [], channel: [], language: [] };
const candidate = (subject: string, more: Partial<Candidate> = {}): Candidate => ({
  subject,
  unit: null,
  skills: nothing,
  capacity: 10,
  load: 0,
  open: 0,
  ...more,
});
const wants: Traits = { area: ['collection-night', 'collection'], cause: ['c1'], channel: ['phone'], language: ['zh'] };

describe('score', () => {
  it('says what speaks for somebody, part by part', () => {
    const skills = { area: ['collection'], cause: ['c2'], channel: [], language: ['zh'] };
    const { parts, score: sum } = score(candidate('a', { skills, load: 5 }), wants, DEFAULT_WEIGHTS);
    expect(parts).toEqual([
      { part: 'area', points: 30, of: 30 },
      { part: 'cause', points: 0, of: 20 },
      { part: 'channel', points: 5, of: 10 },
      { part: 'language', points: 10, of: 10 },
      { part: 'load', points: 15, of: 30 },
    ]);
    expect(sum).toBe(60);
  });

  it('leaves out what is not known of the complaint', () => {
    expect(score(candidate('a'), nothing, DEFAULT_WEIGHTS).parts.map(({ part }) => part)).toEqual(['load']);
  });

  it('of equals takes who has less to do, then the first by subject', () => {
    const none = { ...DEFAULT_WEIGHTS, load: 0 };
    const all = [candidate('c', { load: 2 }), candidate('b', { load: 1 }), candidate('a', { load: 1 })];
    expect(ranked(all, nothing, none).map(({ subject }) => subject)).toEqual(['a', 'b', 'c']);
  });

  it('more to do never speaks for somebody, and the order of the list does not matter', () => {
    const someone = fc.record({ load: fc.integer({ min: 0, max: 30 }), capacity: fc.integer({ min: 0, max: 20 }), skilled: fc.boolean() });
    fc.assert(
      fc.property(fc.array(someone, { minLength: 1, maxLength: 8 }), (people) => {
        const all = people.map(({ load, capacity, skilled }, index) =>
          candidate(`p${index}`, { load, capacity, skills: skilled ? wants : nothing }),
        );
        const order = ranked(all, wants, DEFAULT_WEIGHTS).map(({ subject }) => subject);
        expect(ranked(all.toReversed(), wants, DEFAULT_WEIGHTS).map(({ subject }) => subject)).toEqual(order);
        for (const one of all) {
          const heavier = score({ ...one, load: one.load + 1 }, wants, DEFAULT_WEIGHTS).score;
          expect(heavier).toBeLessThanOrEqual(score(one, wants, DEFAULT_WEIGHTS).score);
        }
      }),
    );
  });
});
