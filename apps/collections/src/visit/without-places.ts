const SOI = 0xd8;
const SOS = 0xda;
const APP0 = 0xe0;
const APP15 = 0xef;
const COMMENT = 0xfe;
const PNG_HEAD = 8;
/** What a picture needs to be seen, and nothing that says where, when or with what it was taken. */
const PNG_KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs']);

/** A JPEG without its notes (Exif, XMP, IPTC, comments): JFIF and colour profiles stay. Null: it is not put together as a JPEG is. */
function jpegWithout(bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === SOS) {
      kept.push(bytes.subarray(at));
      return Buffer.concat(kept);
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) return null;
    const isNote = (marker > APP0 && marker <= APP15 && marker !== 0xe2 && marker !== 0xee) || marker === COMMENT;
    if (!isNote) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return null;
}

function pngWithout(bytes: Buffer): Buffer | null {
  if (bytes.toString('latin1', 1, 4) !== 'PNG') return null;
  const kept: Buffer[] = [bytes.subarray(0, PNG_HEAD)];
  for (let at = PNG_HEAD; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (PNG_KEPT.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return null;
}

/** A photo as it is shown: without the notes of the camera, which may say where it was taken. Null: it is no whole picture of its type. Pure. */
export const withoutPlaces = (mediaType: string, bytes: Buffer): Buffer | null =>
  mediaType === 'image/jpeg' ? jpegWithout(bytes) : mediaType === 'image/png' ? pngWithout(bytes) : null;
