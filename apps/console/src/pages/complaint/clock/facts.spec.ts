import { clockFactsOf, type DrawnComplaint } from './facts.ts';

const complaint: DrawnComplaint = {
  receivedAt: '2026-02-10T23:30:00+08:00',
  decidedAt: null,
  toldAt: null,
  closedAt: null,
  clock: {
    dueOn: '2026-03-07',
    segments: [
      { from: '2026-02-10', to: '2026-02-20', cause: 'decide' },
      { from: '2026-02-20', to: '2026-03-07', cause: 'restart' },
    ],
  },
};
const label = (kind: string, on: string): string => `${kind} ${on}`;

describe('what the clock shows', () => {
  it('marks receipt, a new beginning, today and the due date', () => {
    expect(clockFactsOf(complaint, '2026-02-25', label)).toMatchObject({
      until: '2026-02-25',
      marks: [
        { label: 'received 2026-02-10' },
        { label: 'restart 2026-02-20' },
        { label: 'today 2026-02-25' },
        { label: 'due 2026-03-07' },
      ],
    });
  });

  it('ends with the day it was closed, and has no today then', () => {
    const told = {
      ...complaint,
      decidedAt: '2026-03-01T10:00:00+08:00',
      toldAt: '2026-03-02T10:00:00+08:00',
      closedAt: '2026-03-02T10:00:00+08:00',
    };
    const facts = clockFactsOf(told, '2026-05-01', label);
    expect(facts.until).toBe('2026-03-02');
    expect(facts.marks.map((mark) => mark.kind)).toStrictEqual(['received', 'restart', 'decided', 'told', 'due']);
  });

  it('says that it was closed where nobody was told', () => {
    const withdrawn = { ...complaint, closedAt: '2026-02-22T10:00:00+08:00' };
    expect(clockFactsOf(withdrawn, '2026-05-01', label).marks.map((mark) => mark.kind)).toContain('closed');
  });
});
