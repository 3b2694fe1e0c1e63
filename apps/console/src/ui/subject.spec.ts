import { shortSubject } from './subject.ts';

it('shortens what nobody reads to its end', () => {
  expect(shortSubject('01a2005d-571d-7904-bbcc-272799f8bfd1')).toBe('f8bfd1');
  expect(shortSubject('demo-desk')).toBe('demo-desk');
});
