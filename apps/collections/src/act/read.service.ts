import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { ActStore } from './act.store.ts';

/** Personal data that were shown unmasked. */
export interface PersonalRead {
  /** What they were in, such as `case-note`. */
  readonly resource: string;
  readonly ids: readonly string[];
  readonly fields: readonly string[];
  readonly requestId: string;
}

/** The record of who read personal data: only ever added to, in the transaction that reads. */
@Injectable()
export class ReadService {
  constructor(@Inject(ActStore) private readonly store: ActStore) {}

  async note(tx: Tx, { institutionId, subject, clientId }: Principal, read: PersonalRead): Promise<void> {
    if (read.ids.length > 0) await this.store.addRead(tx, { ...read, institutionId, subject, clientId });
  }
}
