import { inflateSync } from 'node:zlib';

interface PdfObject {
  readonly head: string;
  readonly stream: string;
}

function objectsOf(bytes: Buffer): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  const text = bytes.toString('latin1');
  for (const match of text.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = '', body = ''] = match;
    const at = body.indexOf('\nstream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const raw = at < 0 ? '' : body.slice(at + 8, body.lastIndexOf('\nendstream'));
    const isFont = /\/Length1|\/FontFile/.test(head);
    const stream = /FlateDecode/.test(head) && !isFont ? inflateSync(Buffer.from(raw, 'latin1')).toString('latin1') : raw;
    objects.set(id, { head, stream });
  }
  return objects;
}

const fromHex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Glyph to text, as the font says to readers who copy from the page. */
function glyphsOf(cmap: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    const texts = [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) => fromHex(hex.replaceAll(' ', '')));
    for (const [index, text] of texts.entries()) glyphs.set((Number.parseInt(first, 16) + index).toString(16).padStart(4, '0'), text);
  }
  return glyphs;
}

/** The texts of a PDF by page, in the order in which they are drawn: what pdfkit writes and nothing else. */
export function pdfTexts(bytes: Buffer): string[][] {
  const objects = objectsOf(bytes);
  const refs = (head: string, key: string): string[] => [...head.matchAll(new RegExp(`/${key} (\\d+) 0 R`, 'g'))].map(([, id = '']) => id);
  const fonts = new Map<string, Map<string, string>>();
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  return pages.map(({ head }) => {
    const resources = objects.get(refs(head, 'Resources')[0] ?? '')?.head ?? head;
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const cmap = objects.get(refs(objects.get(id)?.head ?? '', 'ToUnicode')[0] ?? '');
      if (cmap && !fonts.has(name)) fonts.set(name, glyphsOf(cmap.stream));
    }
    const content = objects.get(refs(head, 'Contents')[0] ?? '')?.stream ?? '';
    let glyphs = new Map<string, string>();
    const texts: string[] = [];
    for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
      if (font !== undefined) glyphs = fonts.get(font) ?? glyphs;
      const codes = [...(shown ?? '').matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      if (shown !== undefined) texts.push(codes.map((code) => glyphs.get(code.toLowerCase()) ?? '\uFFFD').join(''));
    }
    return texts;
  });
}
