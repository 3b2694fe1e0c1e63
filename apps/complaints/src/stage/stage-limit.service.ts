import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { inTransaction } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { ReadingService } from '../complaint/reading.service.ts';
import { DeskService } from '../desk/desk.service.ts';
import { PunctualityStore, type PunctualityRecord } from './punctuality.store.ts';
import type {
  StageLimitsHistory,
  StageLimitsRequest,
  StageLimitsView,
  StagePunctualityRequest,
  StagePunctualityRow,
  StagePunctualityView,
} from './stage.dto.ts';
import { LIMITS_CHANGED } from './stage.refusals.ts';
import { PRODUCT_LIMITS } from './stage.service.ts';
import { StageStore, type LimitsRecord } from './stage.store.ts';
import { faultOf, type Limit } from './stages.ts';

const NOTE = 'stage_limit.note';
const MOST_VERSIONS = 100;

/** How long stages may take, in versions. */
@Injectable()
export class StageLimitService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(StageStore) private readonly store: StageStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async find(principal: Principal): Promise<StageLimitsHistory> {
    return inTransaction(this.database, principal, async (tx) => {
      const versions = [...(await this.store.limits(tx, principal.institutionId, MOST_VERSIONS)), PRODUCT_LIMITS].map(toLimits);
      return { current: versions[0] ?? toLimits(PRODUCT_LIMITS), versions };
    });
  }

  /** The next version; stages that were entered before keep theirs. Refuses with LIMITS_CHANGED, and with INVALID for limits that do not fit into the term. */
  async set(principal: Principal, { basedOn, limits, severeCauses, note }: StageLimitsRequest): Promise<StageLimitsHistory> {
    const given = limits.map(({ stage, area, severity, amount, unit }): Limit => ({
      stage,
      area: area || null,
      severity: severity ?? null,
      amount,
      unit,
    }));
    const fault = faultOf(given);
    if (fault) throw new Refusal(INVALID, { errors: [fault] });
    const { institutionId, subject: by } = principal;
    await inTransaction(this.database, principal, async (tx) => {
      const at = await this.reading.now(tx);
      const before = (await this.store.limits(tx, institutionId))[0] ?? PRODUCT_LIMITS;
      const noteSealed = note ? this.vault.seal(note, NOTE) : null;
      const version = basedOn + 1;
      const causes = [...new Set(severeCauses ?? before.severeCauses)];
      const next = { version, limits: given, severeCauses: causes, noteSealed, by, at };
      const isNext = before.version === basedOn && (await this.store.addLimits(tx, institutionId, next));
      if (!isNext)
        throw new Refusal(LIMITS_CHANGED, { detail: `Version ${Math.max(before.version, version)} is there; look at it first.` });
    });
    return this.find(principal);
  }
}

const MOST_DAYS = 1098;
const DAY_MS = 86_400_000;
const NOTHING: StagePunctualityRow = { key: null, name: '', inTime: 0, late: 0, openOverdue: 0, medianHours: null };

/** 限时督导: how punctual people and units are at the stages. */
@Injectable()
export class StagePunctualityService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(PunctualityStore) private readonly store: PunctualityStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(DeskService) private readonly desk: DeskService,
  ) {}

  /** A handler's own; who supervises, everybody's. Refuses with INVALID for days that do not follow each other. */
  async find(principal: Principal, { from, to, by = 'person' }: StagePunctualityRequest): Promise<StagePunctualityView> {
    if (to < from) throw invalid('/to', 'must not be before `from`');
    if (Date.parse(to) - Date.parse(from) > MOST_DAYS * DAY_MS) throw invalid('/to', `must be within ${MOST_DAYS} days of \`from\``);
    const { institutionId, subject, roles } = principal;
    const own = roles.every((role) => role === 'complaint-handler');
    return inTransaction(this.database, principal, async (tx) => {
      const now = await this.reading.now(tx);
      const filter = { institutionId, subject: own ? subject : null, from, to, zone: DEFAULT_TIME_ZONE, now };
      const records = await this.store.count(tx, by, filter);
      const keys = records.flatMap(({ key }) => (key === null ? [] : [key]));
      const isMasked = this.reading.readingOf(principal, now).masked;
      const names = by === 'person' && !isMasked ? await this.desk.names(tx, institutionId, keys) : new Map<string, string>();
      const rows = records.map((record) => ({ isTotal: record.isTotal, row: toRow(record, names) }));
      return {
        from,
        to,
        by,
        own,
        rows: rows.filter(({ isTotal }) => !isTotal).map(({ row }) => row),
        total: rows.find(({ isTotal }) => isTotal)?.row ?? NOTHING,
      };
    });
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

const toRow = (
  { key, inTime, late, openOverdue, medianHours }: PunctualityRecord,
  names: ReadonlyMap<string, string>,
): StagePunctualityRow => ({
  key,
  name: key === null ? '' : (names.get(key) ?? ''),
  inTime,
  late,
  openOverdue,
  medianHours: medianHours === null ? null : Math.round(medianHours * 10) / 10,
});

const toLimits = ({ version, limits, severeCauses, setBy, setAt }: LimitsRecord): StageLimitsView => ({
  version,
  limits: limits.map(({ stage, area, severity, amount, unit }) => ({ stage, area, severity, amount, unit })),
  severeCauses,
  setBy,
  setAt: setAt && Zone.of(DEFAULT_TIME_ZONE).format(setAt.getTime()),
});
