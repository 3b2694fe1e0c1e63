import { Zone } from '#contact-rules';
import { maskText, openData } from '../complaint/sealing.ts';
import type { Reading } from '../complaint/complaint.mapper.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import type { ComplaintFileView } from './file.dto.ts';
import type { FileRecord } from './file.store.ts';
import { isShown } from './file-types.ts';

/** Whether the page may show it: what the scanner could not look into is only downloaded. */
export const hasPreview = ({ mime, scanState, upload }: FileRecord): boolean =>
  upload !== null && isShown(mime) && (scanState === 'clean' || scanState === 'not-scanned');

export function toFileView(file: FileRecord, fileName: string, complaint: ComplaintRecord, { masked, vault }: Reading): ComplaintFileView {
  const zone = Zone.of(complaint.timeZone);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  return {
    id: file.id,
    complaintId: file.complaintId,
    kind: file.kind,
    fileName: masked ? maskText(fileName, openData(vault, complaint)) : fileName,
    mime: file.mime,
    bytes: file.bytes,
    sha256: file.sha256.toString('hex'),
    scanState: file.scanState,
    scannedAt: instant(file.scannedAt),
    scanFinding: file.scanFinding,
    hasPreview: hasPreview(file),
    visibleToComplainant: file.visibleToComplainant,
    uploadedBy: file.uploadedBy,
    uploadedAt: zone.format(file.uploadedAt.getTime()),
    removedAt: instant(file.removedAt),
  };
}
