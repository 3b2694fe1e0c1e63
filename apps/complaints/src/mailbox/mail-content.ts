/** What could be read of a mail. */
export interface MailContent {
  readonly from: { readonly name: string; readonly address: string } | null;
  readonly subject: string;
  readonly text: string;
  /** When the sender says that it was written; an ISO instant. */
  readonly date: string | null;
  /** Ids of messages of ours that it answers. */
  readonly answers: readonly string[];
  /** No person wrote it: a bounce, an absence, a list. */
  readonly isAutomatic: boolean;
  /** Whether an answer may go back without going in circles. */
  readonly mayAnswer: boolean;
  readonly attachments: readonly { readonly fileName: string; readonly bytes: number }[];
}

/** Headers by name in small letters. */
export type MailHeaders = ReadonlyMap<string, string>;

const PRECEDENCE = /^(bulk|list|junk|auto_reply)$/i;
const NOBODY = /^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|notifications?|auto(mailer|responder)?)([+._-].*)?@/i;

/** RFC 3834: what was not written by a person is not answered, and is no complaint by itself. */
export function isAutomatic(headers: MailHeaders, nullSender: boolean): boolean {
  const auto = headers.get('auto-submitted')?.trim().toLowerCase();
  return (
    nullSender ||
    (auto !== undefined && auto !== '' && !auto.startsWith('no')) ||
    PRECEDENCE.test(headers.get('precedence')?.trim() ?? '') ||
    headers.has('list-id') ||
    headers.has('list-unsubscribe') ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond') ||
    /multipart\/report/i.test(headers.get('content-type') ?? '')
  );
}

/** Whether an acknowledgement may be sent to whom it came from. `ours`: addresses that we send from or receive at. */
export function mayAnswer(headers: MailHeaders, sender: string, isAuto: boolean, ours: readonly string[]): boolean {
  return !isAuto && !headers.has('x-auto-response-suppress') && !NOBODY.test(sender) && !ours.includes(sender.toLowerCase());
}

/** What becomes of a mail that can be read. */
export function sortMail({
  from,
  isAutomatic: auto,
  subject,
  text,
  attachments,
}: MailContent): 'take' | 'automatic' | 'no-sender' | 'empty' {
  if (auto) return 'automatic';
  if (from === null) return 'no-sender';
  return subject === '' && text === '' && attachments.length === 0 ? 'empty' : 'take';
}

/** The receipt numbers that a subject names. */
export const numbersIn = (subject: string): string[] => [
  ...new Set((subject.normalize('NFKC').match(/TS\d{8}-\d{6,12}/gi) ?? []).map((number) => number.toUpperCase())),
];
