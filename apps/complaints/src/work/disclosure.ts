import { maskContactPoint, type Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { maskText, openData } from '../complaint/sealing.ts';
import type { Disclosed, TaskDisclosure } from './work.dto.ts';

/**
 * What whoever is asked may see of the complaint: what was ticked, and in it nobody named whose naming was not ticked. The number of an identity card and
 * proxies are never shown.
 */
export function disclose(vault: Vault, record: ComplaintRecord, ticked: readonly Disclosed[]): TaskDisclosure {
  const data = openData(vault, record);
  const may = (one: Disclosed): boolean => ticked.includes(one);
  const hidden = {
    name: may('complainant-name') ? '' : data.name,
    idNumber: data.idNumber,
    contact: may('complainant-contact') ? null : data.contact,
    proxy: data.proxy,
  };
  const text = (one: Disclosed, written: string): string | null => (may(one) ? maskText(written, hidden) : null);
  return {
    subject: text('subject', data.subject),
    narrative: text('narrative', data.narrative),
    requests: text('requests', data.requests.join('\n')),
    account: may('account') ? record.account : null,
    complainantName: may('complainant-name') ? data.name : null,
    complainantContact: may('complainant-contact') ? data.contact : null,
  };
}

/** The same for a reader of the bank who is to see no personal data. */
export const maskDisclosure = (shown: TaskDisclosure, record: ComplaintRecord, vault: Vault): TaskDisclosure => {
  const known = openData(vault, record);
  const mask = (text: string | null): string | null => text && maskText(text, known);
  return {
    subject: mask(shown.subject),
    narrative: mask(shown.narrative),
    requests: mask(shown.requests),
    account: shown.account,
    complainantName: mask(shown.complainantName),
    complainantContact: shown.complainantContact && maskContactPoint(shown.complainantContact),
  };
};
