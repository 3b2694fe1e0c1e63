import { attachment } from '#http';
import type { ReportFile, ReportRecord } from './report.store.ts';

export interface Download {
  readonly type: string;
  readonly disposition: string;
  readonly bytes: number;
  /** With its quotes. */
  readonly etag: string;
  /** RFC 9530. */
  readonly digest: string;
  open(): AsyncIterable<Buffer>;
}

export const TYPES: Readonly<Record<ReportFile['format'], string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** A file as it goes to a browser: its name in ASCII for those who know no better, and in Chinese. */
export function downloadOf(
  { kind, from, to }: Pick<ReportRecord, 'kind' | 'from' | 'to'>,
  { name, format, bytes, sha256 }: ReportFile,
  title: string,
  open: () => AsyncIterable<Buffer>,
): Download {
  const chinese = `${title}-${from}-${to}${name.startsWith('report.') ? name.slice('report'.length) : `-${name}`}`;
  return {
    type: TYPES[format],
    disposition: attachment(chinese, `${kind}-${from}-${to}-${name}`),
    bytes,
    etag: `"${sha256}"`,
    digest: `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    open,
  };
}

/** Whether If-None-Match names the file as it is; weak tags compare as strong ones do here. */
export const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
