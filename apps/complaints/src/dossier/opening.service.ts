import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { OpeningStore, type OpenedComplaint } from './opening.store.ts';

/** Files that complaints about collection get when they are registered. What is done with them is the dossier's. */
@Injectable()
export class OpeningService {
  constructor(@Inject(OpeningStore) private readonly store: OpeningStore) {}

  /** One for each; those that have one keep it. */
  open(tx: Tx, institutionId: string, complaints: readonly OpenedComplaint[], by: string, now: Date): Promise<void> {
    return this.store.open(tx, institutionId, complaints, by, now);
  }
}
