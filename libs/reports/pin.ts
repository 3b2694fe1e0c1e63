import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { renderJson, type EvidenceHead, type ReportDocument } from '#render';

/** The instant at which rows and numbers were read, and what was sealed by then. */
export interface Pin {
  readonly asOf: Date;
  readonly evidenceHead: EvidenceHead | null;
}

/** The bytes of a file as they pass, and their SHA-256 but for the byte order mark. */
export async function* digested(pieces: AsyncIterable<Buffer>, isMarked: boolean, told: (sha256: string) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let skip = isMarked ? 3 : 0;
  for await (const piece of pieces) {
    hash.update(piece.subarray(skip));
    skip = 0;
    yield piece;
  }
  told(hash.digest('hex'));
}

/** What a report says, apart from when it was made and for whom. */
export const contentDigest = (
  document: ReportDocument,
  subject: string | null,
  rows: readonly (readonly [name: string, sha256: string])[],
): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([subject, rows]))
    .update(renderJson({ ...document, generatedAt: '' }))
    .digest();

@Injectable()
export class PinStore {
  /** The pin of the first making of the same content; this one's, where there is none. Of two at once one waits for the other. */
  async pin(tx: Tx, institutionId: string, content: Buffer, { asOf, evidenceHead }: Pin): Promise<Pin> {
    await tx.query(
      `insert into report_pin (institution_id, content_sha256, as_of, evidence_head) values ($1, $2, $3, $4) on conflict (content_sha256, institution_id) do nothing`,
      [institutionId, content, asOf, evidenceHead && JSON.stringify(evidenceHead)],
    );
    const [row] = await tx.query<Pin>(
      `select as_of as "asOf", evidence_head as "evidenceHead" from report_pin where institution_id = $1 and content_sha256 = $2`,
      [institutionId, content],
    );
    if (!row) throw new Error('the pin was not stored');
    return row;
  }
}
