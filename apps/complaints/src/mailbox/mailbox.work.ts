import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { MAIL_RECEIVED } from './receiving.service.ts';
import { MailSorting } from './sorting.service.ts';

/** Mails that came in; a large one takes as long as a file does. */
@Injectable()
export class MailboxWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'staleAfterMs'>,
    @Inject(MailSorting) private readonly sorting: MailSorting,
  ) {}

  get files(): NonNullable<RoomWork['files']> {
    return { [MAIL_RECEIVED]: ({ institutionId = '', mailId = '' }) => this.sorting.sort(institutionId, mailId) };
  }

  sweep(tx: Tx): Promise<void> {
    return this.sorting.wakeAbandoned(tx, this.config.staleAfterMs);
  }
}
