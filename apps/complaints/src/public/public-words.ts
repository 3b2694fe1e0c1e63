import type { Language } from '#contact-rules';
import { en } from './words-en.ts';
import { zh, type PublicWords } from './words-zh.ts';

export type Trouble = keyof PublicWords['trouble'];

/** What the public pages of complaints say. */
export const words: Readonly<Record<Language, PublicWords>> = { zh, en };
