import type { MailPort } from '#sending';
import { smallFiles, type Parcel } from './parcel.ts';

export interface MailAddress {
  readonly to: string;
}

// What mail servers commonly take, with the third that base64 adds.
const MOST_ATTACHED_BYTES = 7 * 1024 * 1024;

/** Mails the report with what it is and the SHA-256 of each file; one that is too large for mail stays in the portal, and the mail says so. Throws SendError. */
export async function mailParcel(port: MailPort, { to }: MailAddress, parcel: Parcel): Promise<string | null> {
  const content = await smallFiles(parcel, MOST_ATTACHED_BYTES);
  const { period, version, timeZone } = parcel.manifest as { period: { from: string; to: string }; version: number; timeZone: string };
  const lines = [
    `${parcel.title} ${period.from} 至 ${period.to}（${timeZone}），第 ${version} 版。`,
    content.size > 0 ? '报告随信附上；行文件请在系统内下载。' : '报告太大，不便随信，请在系统内下载。',
    'The report is attached, or too large for mail; its rows are in the portal.',
    '',
    ...parcel.files.map(({ name, bytes, sha256 }) => `${name}  ${bytes} bytes  sha256 ${sha256}`),
    '',
    `report ${String(parcel.manifest['reportId'])}`,
  ];
  const attachments = parcel.files.flatMap(({ name, type }) => {
    const bytes = content.get(name);
    return bytes ? [{ name, type, bytes }] : [];
  });
  const subject = `${parcel.title} ${period.from} – ${period.to} v${version}`;
  const { providerId } = await port.send({ id: parcel.id, to, subject, text: lines.join('\n'), attachments });
  return providerId;
}
