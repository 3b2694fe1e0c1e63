import type { Language } from '#contact-rules';
import { en } from './words-en.ts';
import { zh } from './words-zh.ts';

export type PublicWords = typeof zh;
export type Trouble = keyof PublicWords['trouble'];

/** What the public pages of complaints say. */
export const words: Readonly<Record<Language, PublicWords>> = { zh, en };
