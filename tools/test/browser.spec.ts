import { findBrowser } from './browser.ts';

describe('findBrowser', () => {
  it('takes CHROME_PATH, and says when it cannot be run', () => {
    expect(findBrowser({ CHROME_PATH: process.execPath })).toBe(process.execPath);
    expect(() => findBrowser({ CHROME_PATH: '/nowhere/chrome' })).toThrow('CHROME_PATH names /nowhere/chrome, which cannot be run.');
  });
});
