import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enqueue } from '#outbox';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { CONFIG } from '#service';
import { UploadService } from '#uploads';
import { Vault } from '#vault';
import { ReadingService } from '../complaint/reading.service.ts';
import { MailIdentity } from './mail-identity.ts';
import type { MailboxConfig } from './mailbox.settings.ts';
import { MailboxStore } from './mailbox.store.ts';

/** Topic of the outbox: a mail that somebody has to look at. */
export const MAIL_RECEIVED = 'mail.received';
const STORED_NAME = 'mail';

export interface Recipient {
  readonly institutionId: string;
  readonly address: string;
}

export interface Envelope {
  readonly recipient: Recipient;
  /** `MAIL FROM:<>`: a bounce, or another message that nobody may answer. */
  readonly nullSender: boolean;
}

export type Taken = 'taken' | 'known' | 'too-large';

/** Takes mail in: when it says so, the mail stands in the database, and nothing that happens afterwards loses it. */
@Injectable()
export class ReceivingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MailboxStore) private readonly store: MailboxStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Pick<MailboxConfig, 'mailboxLimitBytes'>,
  ) {}

  /** Whose mailbox an address is; null: nobody's here. */
  async recipient(address: string): Promise<Recipient | null> {
    const wanted = address.trim().toLowerCase();
    const found = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) => this.store.recipient(tx, wanted));
    return found && { institutionId: found.institutionId, address: found.address };
  }

  /** Keeps a mail as it comes, in pieces. The same Message-ID with the same content is kept once, also of two that come at once. */
  async take({ recipient, nullSender }: Envelope, pieces: AsyncIterable<Buffer>): Promise<Taken> {
    const { institutionId, address } = recipient;
    const identity = new MailIdentity();
    const seen = { bytes: 0 };
    const limit = this.config.mailboxLimitBytes;
    const upload = await this.uploads.keep(institutionId, STORED_NAME, upTo(limit, pieces, identity, seen));
    let result: Taken = seen.bytes > limit ? 'too-large' : 'known';
    try {
      if (result !== 'too-large') {
        const known = this.vault.index(identity.digest(), 'mail.identity');
        result = await inTransaction(this.database, { institutionId }, async (tx) => {
          const receivedAt = await this.reading.now(tx);
          const mail = { institutionId, address, identity: known, upload: upload.id, bytes: upload.bytes, receivedAt, nullSender };
          const id = await this.store.add(tx, mail);
          if (id === null) return 'known';
          await this.uploads.finish(tx, upload);
          await enqueue(tx, institutionId, MAIL_RECEIVED, { institutionId, mailId: id });
          return 'taken';
        });
      }
      return result;
    } finally {
      // What cannot be removed now is swept a day later.
      if (result !== 'taken') await this.uploads.discard(institutionId, [upload]).catch(() => undefined);
    }
  }
}

/** Passes on what fits; the rest is read to its end, as SMTP wants it, and thrown away. */
async function* upTo(
  limit: number,
  pieces: AsyncIterable<Buffer>,
  identity: MailIdentity,
  seen: { bytes: number },
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    seen.bytes += piece.length;
    if (seen.bytes > limit) continue;
    identity.update(piece);
    yield piece;
  }
}
