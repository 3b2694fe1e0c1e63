import fc from 'fast-check';
import { recount, TraceCounts, type Condition, type Trace, type TracedRow } from './index.ts';

const text = fc.constantFrom('', 'a', 'b', 'a;b', 'b;a;c', '=x', '3');
const row: fc.Arbitrary<TracedRow> = fc.record({ x: text, y: text, n: fc.integer({ min: -5, max: 40 }).map(String) });
const column = fc.constantFrom('x', 'y');
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ column, is: text }),
  fc.record({ column, isNot: text }),
  fc.record({ column, has: fc.constantFrom('a', 'b', 'c') }),
  fc.record({ column, filled: fc.constant(true as const) }),
);
const conditions = fc.array(condition, { maxLength: 3 });
const trace: fc.Arbitrary<Trace> = fc.oneof(
  fc.record({ file: fc.constant('f'), filter: conditions, measure: fc.constant('count' as const) }),
  fc.record({ file: fc.constant('f'), filter: conditions, measure: fc.constant('share' as const), of: conditions }),
  fc.record({
    file: fc.constant('f'),
    filter: conditions,
    measure: fc.constant('share' as const),
    of: conditions,
    column: fc.constant('n'),
  }),
  fc.record({
    file: fc.constant('f'),
    filter: conditions,
    measure: fc.constantFrom('sum' as const, 'median' as const, 'p90' as const),
    column: fc.constant('n'),
  }),
);

it('gives what each trace gives by itself', () => {
  fc.assert(
    fc.property(fc.array(trace, { maxLength: 12 }), fc.array(row, { maxLength: 30 }), (traces, rows) => {
      const counts = new TraceCounts(traces);
      for (const one of rows) counts.add(one);
      for (const one of traces) expect(counts.value(one)).toBe(recount(one, rows));
    }),
  );
});
