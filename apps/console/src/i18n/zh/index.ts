import { cases } from './cases.ts';
import { clock } from './clock.ts';
import { common } from './common.ts';
import { complaint } from './complaint.ts';
import { contact } from './contact.ts';
import { imports } from './imports.ts';
import { lookback } from './lookback.ts';
import { notification } from './notification.ts';
import { report } from './report.ts';
import { rowError } from './row-error.ts';
import { rules } from './rules.ts';
import { shell } from './shell.ts';

/** One file per room; the same keys in both languages, which words.spec.ts sees to. */
export const zh = { cases, clock, common, complaint, contact, imports, lookback, notification, report, rowError, rules, shell } as const;
