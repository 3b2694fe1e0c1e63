import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { renderNotice, type Notice } from '#render';
import { Vault } from '#vault';
import { isUuid, Shown } from '#wire';
import { PaperStore, type NewPaper, type PaperRecord } from './paper.store.ts';

export type { PaperRecord };

const CONTEXT = 'sorting_paper';

/** What is to be printed, and about what. */
export interface PaperOrder extends Pick<NewPaper, 'institutionId' | 'complaintId' | 'about' | 'kind' | 'receiver' | 'madeBy'> {
  /** Before the year and number. */
  readonly prefix: string;
  readonly title: string;
  readonly to: string;
  readonly paragraphs: readonly string[];
  readonly footnotes: readonly string[];
}

export interface PaperFile {
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

export class PaperView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly number!: string;

  @Shown.text()
  readonly receiver!: string;

  @Shown.text({ description: 'SHA-256 of the PDF' })
  readonly sha256!: string;

  @Shown.text()
  readonly madeBy!: string;

  @Shown.instant()
  readonly madeAt!: string;
}

const zone = Zone.of(DEFAULT_TIME_ZONE);

/** An instant as a letter writes it: 2026年11月21日15时04分. */
export function written(at: Date): string {
  const [date = '', time = ''] = zone.format(at.getTime()).split('T');
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日${time.slice(0, 2)}时${time.slice(3, 5)}分`;
}

export const toPaper = (paper: PaperRecord): PaperView => ({
  id: paper.id,
  number: paper.number,
  receiver: paper.receiver,
  sha256: paper.sha256,
  madeBy: paper.madeBy,
  madeAt: zone.format(paper.madeAt.getTime()),
});

/** Papers for a regulator or the police: printed once, kept sealed, never changed. */
@Injectable()
export class PaperService {
  constructor(
    @Inject(PaperStore) private readonly store: PaperStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Prints it and keeps it; the id and the bytes. */
  async print(tx: Tx, order: PaperOrder, at: Date): Promise<{ readonly id: string; readonly number: string; readonly bytes: Buffer }> {
    const { institutionId, complaintId, about, kind, receiver, madeBy } = order;
    const serial = String(await this.store.nextNumber(tx)).padStart(6, '0');
    const number = `${order.prefix}-${zone.format(at.getTime()).slice(0, 4)}-${serial}`;
    const notice: Notice = {
      title: order.title,
      institution: institutionId,
      number: `编号 ${number}`,
      to: order.to,
      paragraphs: order.paragraphs,
      signature: [institutionId, written(at)],
      footnotes: order.footnotes,
      madeAt: at.toISOString(),
    };
    const pieces: Buffer[] = [];
    for await (const piece of renderNotice(notice)) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    const sha256 = createHash('sha256').update(bytes).digest();
    const bytesSealed = this.vault.seal(bytes, CONTEXT);
    const paper = { institutionId, complaintId, about, kind, number, receiver, bytesSealed, sha256, madeBy, madeAt: at };
    return { id: await this.store.insert(tx, paper), number, bytes };
  }

  async ofComplaint(tx: Tx, complaintId: string, kind: NewPaper['kind']): Promise<PaperView[]> {
    return (await this.store.ofComplaint(tx, complaintId, kind)).map(toPaper);
  }

  async about(tx: Tx, about: string): Promise<PaperView[]> {
    return (await this.store.about(tx, about)).map(toPaper);
  }

  /** Refuses with NOT_FOUND. */
  async file(
    tx: Tx,
    institutionId: string,
    id: string,
    of: { readonly complaintId: string } | { readonly about: string },
  ): Promise<PaperFile> {
    const found = isUuid(id) ? await this.store.bytes(tx, institutionId, id, of) : null;
    if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such document here.' });
    return { fileName: `${found.number}.pdf`, sha256: found.sha256, bytes: this.vault.openBytes(found.bytesSealed, CONTEXT) };
  }
}
