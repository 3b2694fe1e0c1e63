import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { CONFIG } from '#service';
import { decodeCursor, isUuid, toPage } from '#wire';
import type { CollectionsConfig } from '../config.ts';
import type { PublishedHistory, PublishedHistoryRequest, PublishedList, PublishedListRequest } from './publication.dto.ts';
import { PublicationStore, type ListedRecord } from './publication.store.ts';

const DEFAULT_LIMIT = 100;
const zone = Zone.of(DEFAULT_TIME_ZONE);
const say = (at: Date): string => zone.format(at.getTime());

/** Which agencies collect for an institution, as it publishes them (CC22, CBA26): open to everybody. */
@Injectable()
export class PublicationService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PublicationStore) private readonly store: PublicationStore,
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'publicInstitutionId'>,
  ) {}

  /** The list as it stands, or as it stood. Refuses with INVALID (both ways of saying when, a time that has not come, no institution). */
  async list(request: PublishedListRequest): Promise<PublishedList> {
    const institutionId = this.institution(request.institutionId);
    if (request.on !== undefined && request.at !== undefined) throw invalid('/at', 'say `on` or `at`, not both');
    return this.read(institutionId, async (tx, now) => {
      const asOf = asOfWhen(request, now);
      const records = await this.store.listAt(tx, institutionId, asOf ?? now);
      return { institutionId, asOf: asOf && say(asOf), items: records.map(toAgency) };
    });
  }

  /** What the list has said, the newest first. Refuses with INVALID. */
  async history(request: PublishedHistoryRequest): Promise<PublishedHistory> {
    const institutionId = this.institution(request.institutionId);
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    return this.read(institutionId, async (tx, at) => {
      const records = await this.store.history(tx, { institutionId, agencyId: request.agencyId ?? null, at, before, limit });
      return toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => ({ ...toAgency(record), from: say(record.from), until: record.until && say(record.until), left: record.left }),
      );
    });
  }

  /** Refuses with INVALID where neither the caller nor the installation says whose page it is. */
  institution(given: string | undefined): string {
    const id = given ?? this.config.publicInstitutionId;
    if (id === '') throw invalid('/institutionId', 'say whose list; this installation has no institution of its own');
    // It stands for all of them where the database looks at rows.
    if (id === EVERY_INSTITUTION) throw invalid('/institutionId', 'is no institution');
    return id;
  }

  private read<T>(institutionId: string, work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    return inTransaction(this.database, { institutionId }, async (tx) => work(tx, this.clock.override ?? (await databaseNow(tx))));
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

/** Null: as it stands. */
function asOfWhen({ on, at }: PublishedListRequest, now: Date): Date | null {
  if (at !== undefined) {
    if (Date.parse(at) > now.getTime()) throw invalid('/at', 'has not come yet');
    return new Date(at);
  }
  const today = say(now).slice(0, 10);
  if (on === undefined || on === today) return null;
  if (on > today) throw invalid('/on', 'has not come yet');
  // The last instant of the day that is kept.
  return new Date(zone.nextDayStart(Date.parse(`${on}T12:00:00+08:00`)) - 1);
}

const toAgency = ({ agencyId, name, licence, phone, address, since }: ListedRecord) => ({
  agencyId,
  name,
  licence,
  phone,
  address,
  since: say(since),
});
