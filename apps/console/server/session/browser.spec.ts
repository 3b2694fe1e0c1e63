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
    `/${'x'.repeat(2000)}`,
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
});
