import type { UploadService } from '#uploads';
import { TYPES } from '../download.ts';
import type { ReportRecord } from '../report.store.ts';

export interface ParcelFile {
  /** Alone in a folder of the receiver's: with kind, period, version and the beginning of the report's id. */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The report itself; the others are the rows that it counts. */
  readonly isReport: boolean;
  open(): AsyncIterable<Buffer>;
}

/** A signed report on its way to a target. */
export interface Parcel {
  /** The same on every try. */
  readonly id: string;
  readonly title: string;
  readonly manifestName: string;
  /** What it is, as JSON: the report, its version, who signed it, each file with its SHA-256. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly files: readonly ParcelFile[];
}

export function parcelOf(deliveryId: string, report: ReportRecord, title: string, uploads: UploadService): Parcel {
  const { id, institutionId, kind, from, to, version, audience, timeZone } = report;
  // The end of the id: its beginning is the time, which reports that are made together share.
  const prefix = `${kind}-${from}-${to}-v${version}${audience === 'public' ? '-public' : ''}-${id.slice(-8)}`;
  const files = report.files.map(({ name, format, upload, bytes, sha256 }) => ({
    name: `${prefix}-${name}`,
    type: TYPES[format],
    bytes,
    sha256,
    isReport: name.startsWith('report.') || name === 'figures.csv',
    open: () => uploads.source(institutionId, upload, bytes).open(),
  }));
  const manifest = {
    deliveryId,
    reportId: id,
    institutionId,
    kind,
    title,
    period: {
      from,
      to,
    },
    timeZone,
    version,
    audience,
    corrects: report.corrects,
    documentSha256: report.documentSha256,
    evidenceHead: report.evidenceHead,
    signedBy: report.signedBy,
    signedAt: report.signedAt?.toISOString() ?? null,
    files: files.map(({ name, type, bytes, sha256 }) => ({
      name,
      type,
      bytes,
      sha256,
    })),
  };
  return { id: deliveryId, title, manifestName: `${prefix}-manifest.json`, manifest, files };
}

export async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

/** The files of the report itself, whole, where together they are no more than that; the rows never. */
export async function smallFiles(parcel: Parcel, mostBytes: number): Promise<ReadonlyMap<string, Buffer>> {
  const files = parcel.files.filter(({ isReport }) => isReport);
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes) return new Map();
  return new Map(await Promise.all(files.map(async (file) => [file.name, await bytesOf(file.open())] as const)));
}
