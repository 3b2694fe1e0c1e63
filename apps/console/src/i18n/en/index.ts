import { clock } from './clock.ts';
import { common } from './common.ts';
import { complaint } from './complaint.ts';
import { notification } from './notification.ts';
import { report } from './report.ts';
import { rules } from './rules.ts';
import { shell } from './shell.ts';

/** One file per room; the same keys as in zh/, which i18n.spec.ts sees to. */
export const en = { clock, common, complaint, notification, report, rules, shell } as const;
