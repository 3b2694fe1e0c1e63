import type { Language } from '../message.ts';

/** The same thing said in each language. */
export type Text = Readonly<Record<Language, string>>;

/** Who reads: `staff` speaks of the debtor, `debtor` speaks to the debtor and shows no internal names. */
export type Audience = 'staff' | 'debtor';
export const AUDIENCES: readonly Audience[] = ['staff', 'debtor'];

export const LANGUAGES: readonly Language[] = ['zh', 'en'];

export const text = (zh: string, en: string): Text => ({ zh, en });

export const NOTHING: Text = text('', '');

/** One template for both languages: `say` is called once with the words of each. */
export const inEach = (say: (language: Language) => string): Text => text(say('zh'), say('en'));

/** A list as it is spoken: 电话、短信和上门; voice calls, text messages and visits. */
export function listed(items: readonly Text[], joint: Text = text('和', 'and')): Text {
  return inEach((language) => {
    const said = items.map((item) => item[language]);
    const last = said.at(-1) ?? '';
    if (said.length < 2) return last;
    const before = said.slice(0, -1);
    return language === 'zh' ? `${before.join('、')}${joint.zh}${last}` : `${before.join(', ')} ${joint.en} ${last}`;
  });
}

export const EITHER: Text = text('或', 'or');

/** `1 call`, `3 calls`. */
export const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

/** A sentence begins with a capital. */
export const capital = (said: string): string => said.slice(0, 1).toUpperCase() + said.slice(1);
