import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** A sorted stretch of the spool: bytes from `start` up to `end`. */
export interface Run {
  readonly start: number;
  end: number;
  lastKey: number;
}

const WRITE_BYTES = 1024 * 1024;

/** One private file that is gone from the file system as soon as it is open, and from the disk when it is closed. */
export class Spool {
  readonly runs: Run[] = [];
  private readonly buffer = Buffer.allocUnsafeSlow(WRITE_BYTES);
  private filled = 0;
  private size = 0;

  private constructor(
    private readonly file: FileHandle,
    private readonly folder: string,
  ) {}

  static async create(parent: string): Promise<Spool> {
    // mkdtemp makes the folder with mode 0700.
    const folder = await mkdtemp(join(parent, 'sort-'));
    try {
      const file = await open(join(folder, 'runs'), 'wx+', 0o600);
      // Some platforms keep an open file's name; then `close` removes it.
      if (process.platform !== 'win32') await rm(folder, { recursive: true, force: true });
      return new Spool(file, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Goes on with the last run where the order allows, else begins a new one. */
  beginRun(firstKey: number): void {
    const last = this.runs.at(-1);
    if (last !== undefined && firstKey >= last.lastKey) return;
    const start = this.size + this.filled;
    this.runs.push({ start, end: start, lastKey: firstKey });
  }

  /** Room in the write buffer for a record of that many bytes. */
  hasRoom(bytes: number): boolean {
    return this.filled + bytes <= WRITE_BYTES;
  }

  /** Adds to the run begun last; only where there is room. */
  append(record: Buffer, key: number): void {
    record.copy(this.buffer, this.filled);
    this.filled += record.length;
    this.lengthenRun(record.length, key);
  }

  async appendAfterFlush(record: Buffer, key: number): Promise<void> {
    await this.flush();
    if (this.hasRoom(record.length)) return this.append(record, key);
    await this.writeAll(record);
    this.lengthenRun(record.length, key);
  }

  async flush(): Promise<void> {
    if (this.filled > 0) await this.writeAll(this.buffer.subarray(0, this.filled));
    this.filled = 0;
  }

  private lengthenRun(bytes: number, key: number): void {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error('a run must be begun first');
    run.end += bytes;
    run.lastKey = key;
  }

  private async writeAll(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, this.size);
      done += bytesWritten;
      this.size += bytesWritten;
    }
  }

  async read(into: Buffer, offset: number, length: number, position: number): Promise<number> {
    const { bytesRead } = await this.file.read(into, offset, length, position);
    return bytesRead;
  }

  async close(): Promise<void> {
    await this.file.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
