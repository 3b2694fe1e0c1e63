import { requestOf, START } from './question.ts';

describe('what a screening asks', () => {
  it('sends only what the chosen kind of question asks for', () => {
    const typed = { ...START, agencyId: 'A01', templateId: 'T1', collectorIds: ['c1'] };
    expect(requestOf(typed)).toEqual({
      name: null,
      channel: 'voice',
      mode: 'interactive',
      purpose: 'collect',
      at: null,
      pointChoice: 'first-permitted',
    });
    expect(requestOf({ ...typed, which: 'filter' }).filter).toEqual({ agencyId: 'A01', product: null, debtorId: null, state: null });
    const message = requestOf({ ...typed, channel: 'sms' });
    expect([message.templateId, message.mode, message.collectorIds]).toEqual(['T1', undefined, undefined]);
    expect(requestOf({ ...typed, channel: 'visit' }).collectorIds).toEqual(['c1']);
  });

  it('sends a time of the reader’s place with its offset', () => {
    expect(requestOf({ ...START, at: '2026-11-23T09:00' }).at).toMatch(/^2026-11-23T09:00:00[+-]\d{2}:\d{2}$/);
  });
});
