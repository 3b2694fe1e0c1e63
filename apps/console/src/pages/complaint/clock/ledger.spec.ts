import type { TimelineItem } from '../wire.ts';
import { ledgerOf } from './ledger.ts';

const entry = (kind: string, actor: string, data: Record<string, unknown> = {}): TimelineItem =>
  ({ id: 'x', at: '2026-02-20T09:00:00+08:00', kind, actor, data }) as TimelineItem;
const event = (type: string, actor: string, at: string): TimelineItem => entry('clock-event', actor, { type, at });

describe('the ledger of a clock', () => {
  it('says of each stretch who caused it', () => {
    const items = [
      entry('registered', 'zhang'),
      event('paused', 'li', '2026-02-11T01:00:00Z'),
      event('resumed', 'li', '2026-02-14T01:00:00Z'),
      event('declared-complex', 'wang', '2026-02-20T01:00:00Z'),
      entry('clock-event-refused', 'zhao', { type: 'declared-complex', at: '2026-02-21T01:00:00Z' }),
    ];
    const segments = [
      { from: '2026-02-10', to: '2026-02-11', cause: 'decide' },
      { from: '2026-02-11', to: '2026-02-14', cause: 'pause' },
      { from: '2026-02-14', to: '2026-02-28', cause: 'decide' },
      { from: '2026-02-28', to: '2026-03-15', cause: 'decide-complex' },
      { from: '2026-03-15', to: '2026-03-17', cause: 'overdue' },
      { from: '2026-03-17', to: '2026-04-01', cause: 'restart' },
    ] as const;
    expect(ledgerOf(segments, items, 'Asia/Shanghai').map(({ actor, event: type }) => [actor, type])).toEqual([
      ['zhang', null],
      ['li', 'paused'],
      ['zhang', null],
      ['wang', 'declared-complex'],
      ['system', null],
      [null, null],
    ]);
  });

  it('tells two pauses apart by their day in the zone of the complaint', () => {
    const items = [event('paused', 'li', '2026-02-10T17:00:00Z'), event('paused', 'wang', '2026-02-20T01:00:00Z')];
    const segments = [
      { from: '2026-02-11', to: '2026-02-14', cause: 'pause' },
      { from: '2026-02-20', to: null, cause: 'pause' },
    ] as const;
    expect(ledgerOf(segments, items, 'Asia/Shanghai').map(({ actor }) => actor)).toEqual(['li', 'wang']);
  });
});
