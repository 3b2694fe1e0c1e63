import { cases } from './cases.ts';
import { common } from './common.ts';
import { contact } from './contact.ts';
import { imports } from './imports.ts';
import { lookback } from './lookback.ts';
import { rowError } from './row-error.ts';
import { rules } from './rules.ts';
import { shell } from './shell.ts';

/** One file per room; the same keys in both languages, which words.spec.ts sees to. */
export const zh = { cases, common, contact, imports, lookback, rowError, rules, shell } as const;
