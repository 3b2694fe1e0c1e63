import { periodOf, PRESETS } from './period.ts';

describe('the periods to choose from', () => {
  it('are whole months and quarters, also across a year', () => {
    expect(periodOf('last-month', '2026-11-21')).toStrictEqual({ from: '2026-10-01', to: '2026-10-31' });
    expect(periodOf('last-month', '2026-01-31')).toStrictEqual({ from: '2025-12-01', to: '2025-12-31' });
    expect(periodOf('last-month', '2028-03-01')).toStrictEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(periodOf('last-quarter', '2026-11-21')).toStrictEqual({ from: '2026-07-01', to: '2026-09-30' });
    expect(periodOf('last-quarter', '2026-02-01')).toStrictEqual({ from: '2025-10-01', to: '2025-12-31' });
  });

  it('end today at the latest', () => {
    expect(periodOf('last-30', '2026-03-01')).toStrictEqual({ from: '2026-01-31', to: '2026-03-01' });
    for (const preset of PRESETS) expect(periodOf(preset, '2026-11-21').to <= '2026-11-21').toBe(true);
  });
});
