import type { Result } from '#contact-rules';
import { checkReport } from './check-report.ts';
import type { OutcomeReport } from './outcome.dto.ts';

const now = new Date('2026-11-21T15:00:00+08:00');
const wrong = (result: Result, report: OutcomeReport): string[] => checkReport(report, result, now).map(({ pointer }) => pointer);
const promise = { amount: '100.00', dueOn: '2026-11-25' };

describe('what goes together', () => {
  it.each<[Result, OutcomeReport]>([
    [
      'conversation',
      { reached: 'debtor', promise, attitude: 'cooperative', arrearsReason: 'cash-flow', followUpAt: '2026-11-26T10:00:00+08:00' },
    ],
    ['answered', { reached: 'family', special: 'death' }],
    ['answered', { reached: 'nobody' }],
    ['no-answer', { reached: 'nobody', special: 'lost-contact' }],
    ['refused', { reached: 'debtor', wantsNoCalls: true, special: 'cease-request' }],
    ['conversation', { promise }],
    ['cancelled', { followUpAt: '2026-11-22T10:00:00+08:00' }],
    ['busy', { bestTime: { from: '22:00', to: '08:00' } }],
    ['busy', {}],
  ])('%s with %j', (result, report) => expect(wrong(result, report)).toEqual([]));
});

describe('what does not', () => {
  it.each<[Result, OutcomeReport, string[]]>([
    ['no-answer', { reached: 'debtor' }, ['/report/reached']],
    ['conversation', { reached: 'nobody' }, ['/report/reached']],
    ['no-answer', { promise }, ['/report/promise']],
    ['conversation', { reached: 'colleague', promise }, ['/report/promise']],
    ['voicemail', { special: 'self-harm' }, ['/report/special']],
    ['voicemail', { wantsNoCalls: true }, ['/report/wantsNoCalls']],
    ['cancelled', { attitude: 'hostile', special: 'death' }, ['/report/attitude', '/report/special']],
    ['busy', { followUpAt: '2026-11-21T15:00:00+08:00' }, ['/report/followUpAt']],
    ['busy', { followUpAt: '2027-11-23T15:00:00+08:00' }, ['/report/followUpAt']],
    ['busy', { bestTime: { from: '18:00', to: '18:00' } }, ['/report/bestTime/to']],
  ])('%s with %j', (result, report, pointers) => expect(wrong(result, report)).toEqual(pointers));
});
