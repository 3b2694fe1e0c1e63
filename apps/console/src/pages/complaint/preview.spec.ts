import { actionOf, type Action, type ActionName } from './actions.ts';
import { eventsSoFar, toBody, toEvaluation } from './preview.ts';
import type { TimelineItem } from './wire.ts';

const complaint = { pack: 'cn-banking-2020', timeZone: 'Asia/Shanghai', receivedAt: '2026-02-10T09:00:00+08:00' };
const now = '2026-02-20T10:00:00+08:00';
const supervisor = { subject: 'wang', roles: ['complaint-supervisor'] };

function action(name: ActionName): Action {
  const found = actionOf(name);
  if (found === undefined) throw new Error(name);
  return found;
}

const item = (kind: TimelineItem['kind'], data: Record<string, unknown>): TimelineItem => ({
  id: kind,
  at: '2026-02-12T10:00:00+08:00',
  kind,
  actor: 'li',
  data,
});
const timeline = [
  item('registered', {}),
  item('clock-event', { type: 'paused', at: '2026-02-12T09:00:00+08:00', reason: 'mediation', complainantAgreed: true, note: 'secret' }),
  item('clock-event-refused', { type: 'resumed', at: '2026-02-11T09:00:00+08:00', rejected: { code: 'x' } }),
  item('clock-event', { type: 'resumed' }),
];

describe('the preview of an event', () => {
  it('takes the accepted events, and of them what the rules look at', () => {
    expect(eventsSoFar(timeline)).toStrictEqual([
      { type: 'paused', at: '2026-02-12T09:00:00+08:00', reason: 'mediation', complainantAgreed: true },
      { type: 'resumed', at: '2026-02-12T10:00:00+08:00' },
    ]);
  });

  it('adds the event of the form, at the time it names or now', () => {
    expect(toEvaluation(complaint, timeline, action('complexity'), { note: 'x' }, supervisor, now)).toStrictEqual({
      ...complaint,
      at: now,
      events: [...eventsSoFar(timeline), { type: 'declared-complex', at: now }],
    });
    const extended = toEvaluation(
      complaint,
      [],
      action('extension'),
      { at: '2026-02-19T08:30', complainantToldAt: '2026-02-19T09:00' },
      supervisor,
      now,
    );
    expect(extended?.events).toStrictEqual([
      { type: 'extended', at: '2026-02-19T08:30:00+08:00', approverLevel: 'superior', complainantToldAt: '2026-02-19T09:00:00+08:00' },
    ]);
  });

  it('waits for what the outcome hangs on', () => {
    expect(toEvaluation(complaint, [], action('extension'), {}, supervisor, now)).toBeNull();
    expect(toEvaluation(complaint, [], action('pause'), { reason: 'mediation' }, supervisor, now)).toBeNull();
    expect(toEvaluation(complaint, [], action('pause'), { reason: 'mediation', complainantAgreed: true }, supervisor, now)).not.toBeNull();
    expect(toEvaluation(complaint, [], action('agreement'), {}, supervisor, now)).toBeNull();
    expect(toEvaluation(complaint, [], action('pause'), {}, supervisor, now)).toBeNull();
    expect(toEvaluation(complaint, [], action('assignment'), { handler: 'li' }, supervisor, now)).toBeNull();
  });

  it('sends no field that was not asked', () => {
    expect(
      toBody(action('pause'), { reason: 'mediation', complainantToldAt: '2026-02-19T09:00', complainantAgreed: true }, 'Asia/Shanghai'),
    ).toStrictEqual({
      reason: 'mediation',
      complainantAgreed: true,
    });
    expect(toBody(action('decline'), { reason: '并非本人', toldAt: '2026-02-19T09:00', at: '' }, 'Asia/Shanghai')).toStrictEqual({
      reason: '并非本人',
      toldAt: '2026-02-19T09:00:00+08:00',
    });
  });

  it('does not take the words of a refusal for the reason of a pause', () => {
    expect(
      toEvaluation(complaint, [], action('decline'), { reason: '并非本人', toldAt: '2026-02-19T09:00' }, supervisor, now)?.events[0],
    ).toStrictEqual({
      type: 'declined',
      at: now,
    });
  });
});
