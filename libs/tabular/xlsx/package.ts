import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromFd, type Entry, type ZipFile } from 'yauzl';
import type { TableSource } from '../source.ts';
import { TableError } from '../table-error.ts';

// A sheet of a million rows and 18 columns unpacks to about 1 GiB; XML shrinks to a tenth or a fifteenth, seldom to a fiftieth.
const MAX_UNPACKED = 4 * 1024 * 1024 * 1024;
const MAX_RATIO = 200;
const MAX_ENTRIES = 2_000;
const SMALL = 1024 * 1024;

const broken = (detail: string): TableError =>
  new TableError('workbook', `The workbook cannot be read: ${detail}. Save it again as .xlsx, or as CSV in UTF-8.`);

/** The parts of an XLSX file. Every part is bounded by the size it declares, and what it declares is bounded here. */
export class WorkbookPackage {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly release: () => Promise<void>,
  ) {}

  static async open(source: TableSource): Promise<WorkbookPackage> {
    const { fd, release } = await openFile(source);
    try {
      const zip = await new Promise<ZipFile>((resolve, reject) => {
        // The descriptor is ours to close; sizes are checked while a part is read.
        fromFd(fd, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, opened) =>
          error ? reject(error) : resolve(opened),
        );
      }).catch(() => {
        throw broken('it is no complete ZIP archive');
      });
      const entries = await entriesOf(zip);
      if (!entries.has('[content_types].xml') || ![...entries.keys()].some((name) => name.startsWith('xl/'))) {
        throw new TableError('binary', 'This is a ZIP archive but not an XLSX workbook: unpack it first.');
      }
      return new WorkbookPackage(zip, entries, release);
    } catch (error) {
      await release();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** Unpacked size of a part, as declared. */
  sizeOf(name: string): number {
    return this.entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) throw broken(`it has no ${name}`);
    const stream = await new Promise<NodeJS.ReadableStream & AsyncIterable<Buffer>>((resolve, reject) => {
      this.zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
    }).catch((error: unknown) => {
      throw broken(error instanceof Error ? error.message : 'a part is damaged');
    });
    try {
      yield* stream;
    } catch (error) {
      throw broken(error instanceof Error ? error.message : 'a part is damaged');
    }
  }

  close(): Promise<void> {
    return this.release();
  }
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  if (zip.entryCount > MAX_ENTRIES) throw new TableError('too-large', 'The workbook has too many parts.');
  return new Promise((resolve, reject) => {
    zip.on('error', () => reject(broken('its list of parts is damaged')));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      unpacked += entry.uncompressedSize;
      const bomb = entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * MAX_RATIO;
      if (bomb || unpacked > MAX_UNPACKED) {
        reject(new TableError('too-large', 'The workbook unpacks to far more than a table of this size holds. Send it as CSV in UTF-8.'));
        return;
      }
      entries.set(entry.fileName.toLowerCase(), entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** A descriptor to read anywhere in the file; bytes that are no file go to a private one whose name is gone at once. */
async function openFile(source: TableSource): Promise<{ fd: number; release: () => Promise<void> }> {
  if (source.path !== undefined) {
    const file = await open(source.path, 'r');
    return { fd: file.fd, release: () => file.close() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'table-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const file = await open(join(folder, 'workbook'), 'wx+', 0o600);
    const release = async (): Promise<void> => {
      await file.close();
      await remove();
    };
    try {
      if (process.platform !== 'win32') await remove();
      for await (const chunk of source.open()) await file.appendFile(chunk);
    } catch (error) {
      await release();
      throw error;
    }
    return { fd: file.fd, release };
  } catch (error) {
    await remove();
    throw error;
  }
}
