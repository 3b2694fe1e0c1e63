import { zoneWhereItIsNoon } from '#testkit';

describe('zoneWhereItIsNoon', () => {
  const day = Date.UTC(2026, 10, 21);

  it('puts every minute of the day within half an hour of noon', () => {
    for (let minute = 0; minute < 1440; minute += 1) {
      const now = new Date(day + minute * 60_000);
      const zone = zoneWhereItIsNoon(now);
      const [hour, past] = now.toLocaleTimeString('en-GB', { timeZone: zone, hour12: false }).split(':').map(Number);
      expect(Math.abs((hour ?? 0) * 60 + (past ?? 0) - 720)).toBeLessThanOrEqual(30);
    }
  });
});
