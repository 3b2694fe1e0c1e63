import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { TableError } from '../table-error.ts';
import { isDateFormat } from './cells.ts';
import type { WorkbookPackage } from './package.ts';

// Texts of all cells, held once each; a workbook with more is better sent as CSV.
const MAX_SHARED = 256 * 1024 * 1024;

export interface XmlHandlers {
  open?(tag: SaxesTagPlain): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Name without its prefix: some programs write `x:row`. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Feeds a part through a streaming XML parser. Yields after each chunk, so that the caller can pass on what came of it. */
export async function* walkXml(pack: WorkbookPackage, part: string, handlers: XmlHandlers): AsyncGenerator<number> {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', () => {
    throw new TableError(
      'workbook',
      'The workbook cannot be read: a part is no well-formed XML. Save it again as .xlsx, or as CSV in UTF-8.',
    );
  });
  parser.on('doctype', () => {
    throw new TableError('workbook', 'The workbook cannot be read: it declares a document type, which no spreadsheet program writes.');
  });
  if (handlers.open) parser.on('opentag', (tag) => handlers.open?.(tag));
  if (handlers.text) parser.on('text', (text) => handlers.text?.(text));
  if (handlers.close) parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)));
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  for await (const chunk of pack.read(part)) {
    parser.write(decoder.decode(chunk, { stream: true }));
    bytes += chunk.length;
    yield bytes;
  }
  parser.write(decoder.decode()).close();
  yield bytes;
}

async function readPart(pack: WorkbookPackage, part: string, handlers: XmlHandlers): Promise<void> {
  for await (const bytes of walkXml(pack, part, handlers)) void bytes;
}

export interface Workbook {
  readonly sheet: string;
  readonly date1904: boolean;
  readonly shared: readonly string[];
  /** By style number of a cell: whether it shows a date. */
  readonly dateStyles: readonly boolean[];
}

/** Where the first sheet is, and what its cells refer to. */
export async function readParts(pack: WorkbookPackage): Promise<Workbook> {
  let date1904 = false;
  let firstSheet: string | null = null;
  await readPart(pack, 'xl/workbook.xml', {
    open: ({ name, attributes }) => {
      if (localName(name) === 'workbookPr') date1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
      if (localName(name) === 'sheet')
        firstSheet ??= attributes['r:id'] ?? Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? null;
    },
  });
  let sheet = 'xl/worksheets/sheet1.xml';
  let sharedPart = 'xl/sharedStrings.xml';
  if (pack.has('xl/_rels/workbook.xml.rels')) {
    await readPart(pack, 'xl/_rels/workbook.xml.rels', {
      open: ({ attributes }) => {
        const target = attributes['Target'] ?? '';
        const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
        if (attributes['Id'] === firstSheet && firstSheet !== null) sheet = path;
        if (attributes['Type']?.endsWith('/sharedStrings')) sharedPart = path;
      },
    });
  }
  const shared = pack.has(sharedPart) ? await readShared(pack, sharedPart) : [];
  const dateStyles = pack.has('xl/styles.xml') ? await readStyles(pack) : [];
  return { sheet, date1904, shared, dateStyles };
}

async function readShared(pack: WorkbookPackage, part: string): Promise<string[]> {
  const shared: string[] = [];
  const reader = textReader();
  let held = 0;
  await readPart(pack, part, {
    open: (tag) => {
      if (localName(tag.name) === 'si') reader.begin();
      else reader.open(localName(tag.name));
    },
    text: (text) => reader.text(text),
    close: (name) => {
      reader.close(name);
      if (name !== 'si') return;
      const text = reader.take();
      held += text.length;
      if (held > MAX_SHARED) throw new TableError('too-large', 'The workbook holds too much text. Send it as CSV in UTF-8.');
      shared.push(text);
    },
  });
  return shared;
}

async function readStyles(pack: WorkbookPackage): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let inCells = false;
  await readPart(pack, 'xl/styles.xml', {
    open: ({ name, attributes }) => {
      const local = localName(name);
      if (local === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (local === 'cellXfs') inCells = true;
      if (local === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        styles.push(isDateFormat(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** Collects the text of `<t>` elements, leaving out phonetic guides (`<rPh>`). */
export function textReader() {
  let collected = '';
  let inText = false;
  let inGuide = false;
  return {
    begin(): void {
      collected = '';
    },
    open(name: string): void {
      if (name === 'rPh') inGuide = true;
      else if (name === 't') inText = !inGuide;
    },
    text(text: string): void {
      if (inText) collected += text;
    },
    close(name: string): void {
      if (name === 'rPh') inGuide = false;
      else if (name === 't') inText = false;
    },
    take: (): string => collected,
  };
}
