import fc from 'fast-check';
import { ownPath } from './browser.ts';

describe('ownPath', () => {
  const origin = 'https://collect.example';

  it.each(['/', '/cases/1?channel=voice#top', '/complaints/%E6%9C%89', '/a//b', '/reports?to=https://evil.example'])('keeps %s', (path) => {
    expect(ownPath(path, origin)).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    'javascript:alert(1)',
    'cases',
    '',
    ' /cases',
    '/cases\u0000',
    '/auth/login?to=/auth/login',
    '/auth/logout',
    '/api/collections/v1/cases',
    '/identity/session/end',
    undefined,
    ['/cases', '/cases'],
    7,
  ])('makes %p the start', (given) => {
    expect(ownPath(given, origin)).toBe('/');
  });

  it('makes a path that is too long the start', () => {
    expect(ownPath(`/${'x'.repeat(2000)}`, origin)).toBe('/');
  });

  it('never leads elsewhere, whatever it is given', () => {
    const pieces = fc.constantFrom('/', '\\', '.', '..', '@', ':', '%2f', '%5c', '\t', '\n', ' ', 'https:', 'evil.example', '?', '#', 'x');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
        ),
        (given) => {
          const path = ownPath(given, origin);
          // As a browser reads a Location header.
          expect(new URL(path, `${origin}/auth/callback`).origin).toBe(origin);
          expect(path).toMatch(/^\/(?!\/)/);
        },
      ),
    );
  });
});
