import { fileTypeFromBuffer } from 'file-type';

/** What a browser may show by itself: nothing in these can run. */
const SHOWN = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf', 'text/plain'] as const;

/** What people bring to a complaint besides; to be downloaded. */
const KEPT = [
  'image/heic',
  'image/tiff',
  'image/bmp',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/x-cfb',
  'application/rtf',
  'audio/mpeg',
  'audio/wav',
  'audio/x-m4a',
  'audio/mp4',
  'audio/amr',
  'audio/ogg',
  'audio/aac',
  'video/mp4',
  'video/quicktime',
  'video/webm',
] as const;

export const UNKNOWN_TYPE = 'application/octet-stream';
/** In words, for refusals and forms. */
export const TYPES_IN_WORDS = 'PDF, JPEG, PNG, GIF, WebP, HEIC, TIFF, plain text, Word, Excel, PowerPoint, RTF, MP3, WAV, M4A, AMR, MP4';

const isOneOf = (types: readonly string[], mime: string): boolean => types.includes(mime);

/** Whether a browser may show it in the page. */
export const isShown = (mime: string): boolean => isOneOf(SHOWN, mime);

/** Whether people may bring it. Mail keeps other things too, as bytes to be downloaded. */
export const isTaken = (mime: string): boolean => isShown(mime) || isOneOf(KEPT, mime);

// What editors write without saying so: text has none of these.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const BINARY = /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/;

function isText(head: Buffer, isWhole: boolean): boolean {
  // A character may be cut where the piece ends.
  for (const cut of isWhole ? [0] : [0, 1, 2, 3]) {
    for (const encoding of ['utf-8', 'gb18030']) {
      try {
        return !BINARY.test(new TextDecoder(encoding, { fatal: true }).decode(head.subarray(0, head.length - cut)));
      } catch {
        // Another encoding, or one byte less.
      }
    }
  }
  return false;
}

/** What the first bytes say that the file is, whatever its name and whatever the sender says: a media type without parameters. */
export async function sniff(head: Buffer, isWhole: boolean): Promise<string> {
  const mime = (await fileTypeFromBuffer(head))?.mime.split(';')[0];
  if (mime !== undefined) return mime;
  return head.length > 0 && isText(head, isWhole) ? 'text/plain' : UNKNOWN_TYPE;
}
