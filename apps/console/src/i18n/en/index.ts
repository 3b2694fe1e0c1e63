import { common } from './common.ts';
import { rules } from './rules.ts';
import { shell } from './shell.ts';

/** One file per room; the same keys as in zh/, which i18n.spec.ts sees to. */
export const en = { common, rules, shell } as const;
