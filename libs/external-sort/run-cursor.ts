import { HEAD_BYTES, type SortRecord } from './records.ts';
import type { Run, Spool } from './spool.ts';

/** Walks one run through a buffer of its own. `key` is that of the record it stands on. */
export class RunCursor {
  key = 0;
  private buffer: Buffer;
  private at = 0;
  private filled = 0;
  private position: number;
  private length = 0;

  constructor(
    private readonly spool: Spool,
    private readonly run: Run,
    bufferBytes: number,
  ) {
    this.buffer = Buffer.allocUnsafeSlow(bufferBytes);
    this.position = run.start;
  }

  /** Steps to the next record without reading; false when the buffer has no whole one. */
  step(): boolean {
    this.at += this.length;
    this.length = 0;
    if (this.filled - this.at < HEAD_BYTES) return false;
    const length = HEAD_BYTES + this.buffer.readUInt32LE(this.at + 8);
    if (this.filled - this.at < length) return false;
    this.length = length;
    this.key = this.buffer.readDoubleLE(this.at);
    return true;
  }

  /** Reads on after `step` said no; false at the end of the run. */
  async refill(): Promise<boolean> {
    for (;;) {
      const rest = this.filled - this.at;
      if (rest > 0 && this.at > 0) this.buffer.copy(this.buffer, 0, this.at, this.filled);
      this.at = 0;
      this.filled = rest;
      const wanted = rest >= HEAD_BYTES ? HEAD_BYTES + this.buffer.readUInt32LE(8) : HEAD_BYTES;
      if (wanted > this.buffer.length) {
        const larger = Buffer.allocUnsafeSlow(wanted);
        this.buffer.copy(larger, 0, 0, rest);
        this.buffer = larger;
      }
      const room = Math.min(this.buffer.length - rest, this.run.end - this.position);
      if (room <= 0) return false;
      const read = await this.spool.read(this.buffer, rest, room, this.position);
      if (read === 0) throw new Error('the spool file ends before its last run');
      this.position += read;
      this.filled += read;
      if (this.step()) return true;
    }
  }

  record(): SortRecord {
    return { key: this.key, line: this.buffer.toString('utf8', this.at + HEAD_BYTES, this.at + this.length) };
  }

  bytes(): Buffer {
    return this.buffer.subarray(this.at, this.at + this.length);
  }
}
