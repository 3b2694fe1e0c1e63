import { after } from './after.ts';
import { approvalKind } from './approval-kind.ts';
import { agency } from './agency.ts';
import { calendar } from './calendar.ts';
import { cases } from './cases.ts';
import { clock } from './clock.ts';
import { common } from './common.ts';
import { complaint } from './complaint.ts';
import { contact } from './contact.ts';
import { handling } from './handling.ts';
import { evidence } from './evidence.ts';
import { regulator } from './regulator.ts';
import { decision } from './decision.ts';
import { filePicker } from './file-picker.ts';
import { imports } from './imports.ts';
import { intake } from './intake.ts';
import { lookback } from './lookback.ts';
import { major } from './major.ts';
import { message } from './message.ts';
import { notification } from './notification.ts';
import { oversight } from './oversight.ts';
import { plan } from './plan.ts';
import { policyDraft } from './policy-draft.ts';
import { policyEditor } from './policy-editor.ts';
import { policy } from './policy.ts';
import { publicPage } from './public-page.ts';
import { quality } from './quality.ts';
import { portfolio } from './portfolio.ts';
import { region } from './region.ts';
import { dossier } from './dossier.ts';
import { registry } from './registry.ts';
import { report } from './report.ts';
import { retention } from './retention.ts';
import { rowError } from './row-error.ts';
import { rules } from './rules.ts';
import { screening } from './screening.ts';
import { care } from './care.ts';
import { collecting } from './collecting.ts';
import { outcome } from './outcome.ts';
import { visit } from './visit.ts';
import { worklist } from './worklist.ts';
import { shell } from './shell.ts';
import { simulation } from './simulation.ts';
import { sorting } from './sorting.ts';
import { supervision } from './supervision.ts';
import { task } from './task.ts';

/** One file per room; the same keys in both languages, which words.spec.ts sees to. */
export const en = {
  after,
  agency,
  calendar,
  approvalKind,
  cases,
  clock,
  common,
  complaint,
  contact,
  decision,
  dossier,
  evidence,
  regulator,
  handling,
  filePicker,
  imports,
  intake,
  lookback,
  major,
  message,
  notification,
  oversight,
  plan,
  policy,
  policyDraft,
  policyEditor,
  publicPage,
  quality,
  portfolio,
  region,
  registry,
  report,
  retention,
  rowError,
  rules,
  screening,
  care,
  collecting,
  outcome,
  visit,
  worklist,
  shell,
  simulation,
  sorting,
  supervision,
  task,
} as const;
