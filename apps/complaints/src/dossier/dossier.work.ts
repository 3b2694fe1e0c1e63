import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import type { RoomWork } from '#jobs';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { DOSSIER_READ } from './dossier.events.ts';
import { ReaderService } from './reader.service.ts';
import { TellingService } from './telling.service.ts';

/** Collections is told what has changed, and read from when it is time. */
@Injectable()
export class DossierWork implements RoomWork {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'dossierEveryMs' | 'staleAfterMs'>,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TellingService) private readonly telling: TellingService,
    @Inject(ReaderService) private readonly reader: ReaderService,
  ) {}

  get files(): NonNullable<RoomWork['files']> {
    return { [DOSSIER_READ]: ({ institutionId = '', readId = '' }, { isLast }) => this.reader.run(institutionId, readId, isLast) };
  }

  get clockwork() {
    return [{ name: 'dossiers.due', everyMs: this.config.dossierEveryMs, run: () => this.look() }];
  }

  async sweep(tx: Tx): Promise<void> {
    await this.reader.wakeAbandoned(tx, this.config.staleAfterMs);
  }

  /** All that is outstanding, some at a time. */
  async look(): Promise<void> {
    const whole = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, work);
    while ((await whole((tx) => this.telling.tellStale(tx, this.clock.override))) > 0);
    while ((await whole((tx) => this.reader.wakeDue(tx, this.clock.override))) > 0);
  }
}
