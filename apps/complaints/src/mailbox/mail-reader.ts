import { Inject, Injectable } from '@nestjs/common';
import { simpleParser, type AddressObject, type Attachment, type ParsedMail } from 'mailparser';
import { CONFIG } from '#service';
import { UploadService, type StoredUpload } from '#uploads';
import type { BroughtFile } from '../addition/addition.service.ts';
import type { ComplaintsConfig } from '../config.ts';
import { sniff } from '../file/file-types.ts';
import { asMeant, headOf } from './mail-head.ts';
import { isAutomatic, mayAnswer, type MailContent, type MailHeaders } from './mail-content.ts';

const LONGEST_TEXT = 100_000;
const LONGEST_SUBJECT = 400;
const MOST_ATTACHMENTS = 100;
const LONGEST_HTML = 2 * 1024 * 1024;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** A mail as it stands in the database. */
export interface StoredMail {
  readonly institutionId: string;
  readonly upload: string;
  readonly bytes: number;
  readonly nullSender: boolean;
}

export interface ReadMail {
  readonly content: MailContent;
  readonly attachments: readonly { readonly fileName: string; readonly bytes: Buffer }[];
}

/** Reads mails as they came: any encoding, HTML as text, nothing of them carried out. */
@Injectable()
export class MailReader {
  constructor(
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'mailFrom'>,
  ) {}

  /** The bytes as they came. */
  source({ institutionId, upload, bytes }: Pick<StoredMail, 'institutionId' | 'upload' | 'bytes'>): AsyncIterable<Uint8Array> {
    return this.uploads.source(institutionId, upload, bytes).open();
  }

  /** Null: it cannot be read. `ours`: the addresses of the mailbox. */
  async read(mail: StoredMail, ours: readonly string[]): Promise<ReadMail | null> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.source(mail)) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    const parsed = await parse(bytes);
    if (parsed === null) return null;
    const sender = /<([^<>]+)>\s*$/.exec(this.config.mailFrom)?.[1] ?? this.config.mailFrom;
    return toRead(parsed, headOf(bytes), mail.nullSender, [...ours, sender.trim().toLowerCase()]);
  }

  /** Keeps attachments, each by itself; they are referred to in a later transaction, or thrown away by `discard`. */
  async keep(institutionId: string, storedName: string, { attachments }: ReadMail): Promise<BroughtFile[]> {
    const kept: BroughtFile[] = [];
    try {
      for (const { fileName, bytes } of attachments) {
        const upload = await this.uploads.keep(institutionId, storedName, [bytes]);
        kept.push({ fileName, upload, mime: await sniff(bytes, true) });
      }
      return kept;
    } catch (error) {
      await this.discard(institutionId, kept);
      throw error;
    }
  }

  /** What cannot be removed now is swept a day later. */
  async discard(institutionId: string, files: readonly { readonly upload: StoredUpload }[]): Promise<void> {
    const left = files.map(({ upload }) => upload);
    await this.uploads.discard(institutionId, left).catch(() => undefined);
  }
}

async function parse(bytes: Buffer): Promise<ParsedMail | null> {
  try {
    const parsed = await simpleParser(bytes, {
      skipImageLinks: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      maxHtmlLengthToParse: LONGEST_HTML,
    });
    // Whatever the bytes are, the parser makes something of them; without a single header it was no mail.
    return parsed.headerLines.some(({ line }) => /^[\w-]+:/.test(line)) ? parsed : null;
  } catch {
    return null;
  }
}

function toRead(parsed: ParsedMail, head: MailHeaders, nullSender: boolean, ours: readonly string[]): ReadMail {
  const headers = headersOf(parsed);
  const from = senderOf(parsed, head);
  const attachments = parsed.attachments.filter(({ size }) => size > 0).slice(0, MOST_ATTACHMENTS);
  const files = attachments.map((attachment, at) => ({ fileName: nameOf(attachment, at), bytes: attachment.content }));
  const auto = isAutomatic(headers, nullSender);
  const answered = [parsed.inReplyTo ?? '', ...[parsed.references ?? []].flat()].join(' ');
  const content: MailContent = {
    from,
    subject: clean(asMeant(parsed.subject ?? '', head.get('subject')))
      .replaceAll(/\s+/g, ' ')
      .slice(0, LONGEST_SUBJECT)
      .toWellFormed(),
    text: clean(textOf(parsed)).slice(0, LONGEST_TEXT).toWellFormed(),
    date: parsed.date && !Number.isNaN(parsed.date.getTime()) ? parsed.date.toISOString() : null,
    answers: (answered.match(UUID) ?? []).slice(0, 20).map((id) => id.toLowerCase()),
    isAutomatic: auto,
    mayAnswer: from !== null && mayAnswer(headers, from.address, auto, ours),
    attachments: files.map(({ fileName, bytes }) => ({ fileName, bytes: bytes.length })),
  };
  return { content, attachments: files };
}

const headersOf = ({ headerLines }: ParsedMail): MailHeaders =>
  new Map(headerLines.map(({ key, line }) => [key.toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));

function senderOf({ from, replyTo }: ParsedMail, head: MailHeaders): MailContent['from'] {
  const named = [from, replyTo].flatMap((each: AddressObject | undefined) => each?.value ?? []);
  const first = named.find(({ address }) => address !== undefined && /^[^\s@<>"]+@[^\s@<>"]+$/.test(address));
  if (!first?.address) return null;
  return {
    name: clean(
      asMeant(
        first.name,
        head
          .get('from')
          ?.replace(/<[^<>]*>\s*$/, '')
          .trim(),
      ),
    )
      .slice(0, 100)
      .toWellFormed(),
    address: first.address.toLowerCase().slice(0, 200),
  };
}

// Pictures that HTML would load leave their address behind.
const textOf = ({ text = '', html }: ParsedMail): string => (html ? text.replaceAll(/^\[(https?|cid):[^\]\s]*\]$/gm, '') : text);

// A name is only shown; PostgreSQL keeps no NUL in one.
const nameOf = ({ filename, contentType }: Attachment, at: number): string => {
  const given = (filename ?? '').replaceAll(/[\p{Cc}/\\]/gu, '_');
  return (given || `${contentType === 'message/rfc822' ? 'mail' : 'attachment'}-${at + 1}`).toWellFormed().slice(-200);
};

// Neither NUL nor other signs that no page shows; lines stay.
const clean = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    // eslint-disable-next-line no-control-regex -- they are what is taken out
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .replaceAll(/\n{4,}/g, '\n\n\n')
    .trim();
