import { placeholdersOf } from '../message/placeholders.ts';

// A reminder says that a date comes, and nothing of debts: before the date nothing is overdue, and nobody is collected from.
const COLLECTION =
  /逾期|催收|催缴|催款|欠款|拖欠|违约|欠费|欠账|后果|法律|诉讼|起诉|律师|征信|罚息|over ?due|past due|arrears|default(?:ed|ing)?\b|delinquen|collect(?:ion|or|ing)|\bdebt|\bowe[sd]?\b|lawyer|lawsuit|legal|credit (?:bureau|record)|penalt/giu;

export const REMINDER_SOURCE = 'HLJ 18';

/** What makes a text more than a reminder; null: nothing. */
export function faultOfReminder(text: string): string | null {
  // The names of variables are no words of the text.
  const said = text.replaceAll(/\{\{[^}]*\}\}/g, ' ');
  const words = [...new Set((said.match(COLLECTION) ?? []).map((word) => word.toLowerCase()))];
  if (words.length > 0) return `speaks of collection (${words.join(', ')}); a reminder says when what is due, and no more`;
  return placeholdersOf(text).variables.includes('dueOn') ? null : 'must say when it is due: name {{dueOn}}';
}
