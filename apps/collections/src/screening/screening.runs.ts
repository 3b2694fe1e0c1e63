import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Runs } from '#runs';
import { ScreeningStore } from './screening.store.ts';
import { SCREENING_REQUESTED } from './screening.topic.ts';

/** The work of screenings: woken, begun again, ended. */
@Injectable()
export class ScreeningRuns extends Runs {
  constructor(@Inject(DataSource) database: DataSource, @Inject(ScreeningStore) store: ScreeningStore) {
    const clear = (...[tx, id]: Parameters<ScreeningStore['clear']>): Promise<void> => store.clear(tx, id);
    super(database, { table: 'screening', topic: SCREENING_REQUESTED, idName: 'screeningId', clear });
  }
}
