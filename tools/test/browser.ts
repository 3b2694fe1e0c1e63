import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Told } from '../explain.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chromium or Chrome; throws Told with how to get one. */
export function findBrowser(env: Readonly<Record<string, string | undefined>>): string {
  const given = env.CHROME_PATH;
  if (given && executable(given)) return given;
  if (given) throw new Told(`CHROME_PATH names ${given}, which cannot be run.`);
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find(executable);
  if (found === undefined) {
    throw new Told('The tests need a browser: apt-get install chromium (Debian), or install Chrome, or set CHROME_PATH.');
  }
  return found;
}
