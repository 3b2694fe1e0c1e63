import fc from 'fast-check';
import { addDays } from '../dates.ts';
import { layOutClock, textWidth, type ClockFacts, type MarkKind } from './layout.ts';

const facts: ClockFacts = {
  segments: [
    { from: '2026-02-10', to: '2026-02-14', cause: 'decide' },
    { from: '2026-02-14', to: '2026-02-19', cause: 'pause' },
    { from: '2026-02-19', to: '2026-03-02', cause: 'decide' },
  ],
  dueOn: '2026-03-02',
  until: '2026-02-20',
  marks: [
    { kind: 'received', on: '2026-02-10', label: '收到' },
    { kind: 'today', on: '2026-02-20', label: '今天' },
    { kind: 'due', on: '2026-03-02', label: '到期 03-02' },
  ],
};

const KINDS: readonly MarkKind[] = ['received', 'restart', 'today', 'due', 'decided', 'told', 'closed'];
const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays('2026-01-31', days));
const anyFacts: fc.Arbitrary<ClockFacts> = fc.record({
  segments: fc.array(fc.record({ from: day, to: fc.option(day), cause: fc.constantFrom('decide', 'pause', 'agreed') }), {
    minLength: 1,
    maxLength: 8,
  }),
  dueOn: day,
  until: day,
  marks: fc.array(fc.record({ kind: fc.constantFrom(...KINDS), on: day, label: fc.string({ maxLength: 12 }) }), { maxLength: 7 }),
});

describe('layOutClock', () => {
  it('gives each piece the share of the line that its days have', () => {
    const layout = layOutClock(facts, 800);
    expect(layout.days).toBe(20);
    expect(layout.blocks.map((block) => [block.number, block.cause, block.days, block.left, block.width])).toStrictEqual([
      [1, 'decide', 4, 0, 0.2],
      [2, 'pause', 5, 0.2, 0.25],
      [3, 'decide', 11, 0.45, 0.55],
    ]);
    expect(layout.late).toBeNull();
  });

  it('ends a pause that still runs at today', () => {
    const paused = {
      ...facts,
      segments: [
        { from: '2026-02-10', to: '2026-02-14', cause: 'decide' },
        { from: '2026-02-14', to: null, cause: 'pause' },
      ],
    };
    expect(layOutClock(paused, 800).blocks[1]).toMatchObject({ open: true, to: '2026-02-20', days: 6 });
  });

  it('shows what lies beyond the due date', () => {
    const layout = layOutClock({ ...facts, until: '2026-03-07', marks: [{ kind: 'today', on: '2026-03-07', label: '今天' }] }, 800);
    expect(layout.days).toBe(25);
    expect(layout.late).toStrictEqual({ left: 0.8, width: 0.2, days: 5 });
  });

  it('puts labels that would touch into another row, and keeps the last inside', () => {
    const layout = layOutClock({ ...facts, marks: [...facts.marks, { kind: 'decided', on: '2026-02-21', label: '作出决定' }] }, 320);
    const rows = new Map(layout.marks.map((mark) => [mark.kind, mark.row]));
    expect(rows.get('today')).not.toBe(rows.get('decided'));
    const due = layout.marks.find((mark) => mark.kind === 'due');
    expect(due?.labelLeft).toBeCloseTo(1 - textWidth('到期 03-02', 12) / 320);
  });

  it('draws a piece of no days, and a complaint due on its first day', () => {
    const layout = layOutClock(
      { segments: [{ from: '2026-02-10', to: '2026-02-10', cause: 'agreed' }], dueOn: '2026-02-10', until: '2026-02-10', marks: [] },
      300,
    );
    expect(layout.blocks[0]).toMatchObject({ days: 0, left: 0, width: 0 });
    expect(layout.days).toBe(1);
  });

  it('writes fewer dates where it is narrow', () => {
    expect(layOutClock(facts, 800).ticks.length).toBeGreaterThan(layOutClock(facts, 300).ticks.length);
    expect(layOutClock(facts, 300).ticks[0]).toStrictEqual({ on: '2026-02-10', at: 0 });
  });

  it('stays inside the drawing and never lays a label on another, whatever the ledger', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(280, 340, 900), (any, width) => {
        const layout = layOutClock(any, width);
        for (const block of layout.blocks) {
          expect(block.left).toBeGreaterThanOrEqual(0);
          expect(block.left + block.width).toBeLessThanOrEqual(1 + 1e-9);
        }
        for (const mark of layout.marks) {
          expect(mark.at).toBeGreaterThanOrEqual(0);
          expect(mark.at).toBeLessThanOrEqual(1);
          expect(mark.labelLeft).toBeGreaterThanOrEqual(0);
        }
        for (const a of layout.marks) {
          for (const b of layout.marks) {
            if (a === b || a.row !== b.row || a.labelLeft > b.labelLeft) continue;
            expect(a.labelLeft + Math.min(1, textWidth(a.label, 12) / width)).toBeLessThanOrEqual(b.labelLeft + 1e-9);
          }
        }
        expect((layout.late?.left ?? 0) + (layout.late?.width ?? 0)).toBeLessThanOrEqual(1 + 1e-9);
        expect(layout.ticks.length).toBeLessThanOrEqual(Math.max(2, Math.floor(width / 64)) + 1);
      }),
    );
  });
});
