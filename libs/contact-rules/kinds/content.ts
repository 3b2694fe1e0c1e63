import { screenText } from '../content/screen.ts';
import { failed, isByAgency, type Failure, type Kind } from '../kind.ts';
import type { Channel, Message } from '../types.ts';

export interface ContentParams {
  readonly channels: readonly Channel[];
}

/** What is wanting in the template; null: an approved version. */
function judgeTemplate({ templateId, version, approved }: Message): Failure | null {
  if (templateId === null) return failed(null, null, { why: 'no-template' });
  if (version === null) return { missing: 'message.version' };
  if (approved === null) return { missing: 'message.approved' };
  return approved ? null : failed(null, null, { why: 'not-approved', template: templateId, version: String(version) });
}

/**
 * content-approved. HLJ Art. 21-22, CBA26 (eight bans), CC11 Art. 69: what is written is a version of an approved template, and its
 * words are screened as they will be read.
 */
export const content: Kind<ContentParams> = {
  judge(asked, params) {
    const { channel, message } = asked.proposed;
    if (!params.channels.includes(channel)) return null;
    if (message === null) return { missing: 'message' };
    const { text, variables, ledger } = message;
    const balance = asked.facts.case?.balance ?? null;
    const { bans, unknownAmounts } = screenText(text ?? '', { byAgency: isByAgency(asked), balance, ledger, variables });
    if (bans.length > 0) {
      return failed(null, null, {
        why: 'content',
        bans: bans.map(({ ban }) => ban).join(','),
        words: bans.flatMap(({ words }) => words).join('; '),
      });
    }
    const template = judgeTemplate(message);
    if (template !== null) return template;
    if (text === null) return { missing: 'message.text' };
    return unknownAmounts ? { missing: 'case.balance' } : null;
  },
  boundaries: () => [],
};
