import { zonesOfNumber } from './number-zones.ts';

describe('the zones of a number', () => {
  it.each([
    ['+12125550123', ['America/New_York']],
    ['+16025550123', ['America/Phoenix']],
    // An area that two zones share, and the exchange that knows better.
    ['+12088550123', ['America/Denver']],
    ['+12086650123', ['America/Los_Angeles']],
    ['+12125550123;ext=5', ['America/New_York']],
  ])('%s is known by its area and exchange', (number, zones) => {
    expect(zonesOfNumber(number)).toEqual(zones);
  });

  it('an area of two zones claims both', () => {
    expect(zonesOfNumber('+16055550123')).toEqual(['America/Denver', 'America/North_Dakota/Center']);
  });

  it.each(['+18005550123', '+19995550123', '+8613800000001', '12125550123', '+1212555012', 'a@example.com', ''])(
    '%j says nothing of where it is',
    (number) => {
      expect(zonesOfNumber(number)).toEqual([]);
    },
  );
});
