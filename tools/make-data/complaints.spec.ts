import { evaluateClock, findClockPack, type ClockEvent } from '#clock-rules';
import { choosePack } from '../../apps/complaints/src/pack-rule/choosing.ts';
import { COMPLAINTS_SEED, makeComplaints } from './index.ts';

// Seed of the demo institution: what is shown here is what a first start brings.
const all = (now: string, seed = COMPLAINTS_SEED) => [...makeComplaints({ seed, now: new Date(now) })];

describe('the complaints of the demo', () => {
  it('are the same for the same seed and day', () => {
    expect(all('2026-11-21T03:00:00Z')).toEqual(all('2026-11-21T15:00:00Z'));
    expect(all('2026-11-21T03:00:00Z', 2)).not.toEqual(all('2026-11-21T03:00:00Z'));
  });

  // On any day, also just after midnight in China, and around the end of a year.
  it.each(['2026-11-21T03:00:00Z', '2026-11-21T16:00:01Z', '2026-12-31T20:00:00Z', '2027-03-01T00:00:00Z'])('are possible at %s', (now) => {
    const states = new Map<string, number>();
    const made = all(now);
    for (const { externalRef, channel, category, receivedAt, registeredAt, events } of made) {
      const pack = findClockPack(choosePack({ channel, category }).pack);
      if (!pack) throw new Error('no pack');
      const happened = events.map(({ type, at, facts }) => ({ ...facts, type, at: at.toISOString() }) as ClockEvent);
      const answer = evaluateClock({ pack: pack.pack, receivedAt: receivedAt.toISOString(), at: now, events: happened }, pack);
      expect([externalRef, answer.rejected]).toEqual([externalRef, []]);
      expect(receivedAt.getTime()).toBeLessThan(registeredAt.getTime());
      expect(registeredAt.getTime()).toBeLessThan(Date.parse(now));
      const name = answer.state === 'running' ? `${answer.termId}${answer.daysLeft === 0 ? ' today' : ''}` : answer.state;
      states.set(name, (states.get(name) ?? 0) + 1);
    }
    expect(made).toHaveLength(200);
    const stages = [
      'agreed',
      'decide',
      'decide today',
      'decide-complex',
      'decide-special',
      'declined',
      'met',
      'missed',
      'paused',
      'withdrawn',
    ];
    expect([...states.keys()]).toEqual(expect.arrayContaining(stages));
    const held = made.filter(
      ({ account, events }) => account !== null && !events.some(({ type }) => /decided|withdrawn|declined/.test(type)),
    );
    expect(held.length).toBeGreaterThan(2);
    expect(held.length).toBeLessThan(7);
    expect(new Set(made.map(({ name }) => name)).size).toBeGreaterThan(150);
  });
});
