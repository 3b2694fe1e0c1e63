import { createHash, type Hash } from 'node:crypto';

// What a sender writes itself; what is added on the way differs from hop to hop.
const HEADERS = ['message-id', 'from', 'to', 'subject', 'date'] as const;
// A head that does not end is no head.
const LONGEST_HEAD = 256 * 1024;

/** What a mail is known by, however often and on whatever way it comes: its Message-ID with what it says. */
export class MailIdentity {
  private head = Buffer.alloc(0);
  private isBody = false;
  private readonly body: Hash = createHash('sha256');

  update(piece: Buffer): void {
    if (this.isBody) {
      this.body.update(piece);
      return;
    }
    this.head = Buffer.concat([this.head, piece]);
    const end = endOfHead(this.head);
    if (end === null && this.head.length <= LONGEST_HEAD) return;
    this.isBody = true;
    this.body.update(this.head.subarray(end ?? 0));
    this.head = this.head.subarray(0, end ?? 0);
  }

  digest(): string {
    // No line is empty: all of it is what it says.
    if (!this.isBody) this.body.update(this.head);
    const lines = this.head
      .toString('latin1')
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/);
    const said = HEADERS.map((name) => lines.find((line) => line.toLowerCase().startsWith(`${name}:`))?.trim() ?? '');
    return createHash('sha256')
      .update(JSON.stringify([...said, this.body.digest('hex')]))
      .digest('hex');
  }
}

/** Where the body begins. */
export function endOfHead(bytes: Buffer): number | null {
  const [long, short] = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')];
  const ends = [...(long < 0 ? [] : [long + 4]), ...(short < 0 ? [] : [short + 2])];
  return ends.length === 0 ? null : Math.min(...ends);
}
