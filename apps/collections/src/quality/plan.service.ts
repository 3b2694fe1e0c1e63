import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { TaskService } from '../task/task.service.ts';
import { assign } from './assign.ts';
import { PlanStore, type CandidateRecord, type Layer, type PlanRecord, type SettingRecord } from './plan.store.ts';
import type { DrawRequest, SamplePlanView, QualitySettingRequest, QualitySettingView, SheetRequest, SheetView } from './quality.dto.ts';
import { PERIOD_DRAWN, PERIOD_OPEN } from './quality.refusals.ts';
import { drawSample } from './sample.ts';
import { PRODUCT_SHEET, type Sheet } from './sheet.ts';

const DEFAULT_LIMIT = 50;
const SEED_BYTES = 16;
const MOST_DAYS = 92;
const DAY_MS = 86_400_000;
const zone = Zone.of(DEFAULT_TIME_ZONE);
const PRODUCT_SETTING: SettingRecord = { percent: 2, minimum: 5, secondPercent: 10, reviewers: [] };

/** What is drawn for review, from which sheet, and who reviews it. */
@Injectable()
export class PlanService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PlanStore) private readonly store: PlanStore,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  async setting(principal: Principal): Promise<QualitySettingView> {
    return inTransaction(this.database, principal, (tx) => this.showSetting(tx, principal.institutionId));
  }

  /** From the next draw on. Refuses with INVALID for a person who is there twice. */
  async set(principal: Principal, request: QualitySettingRequest): Promise<QualitySettingView> {
    const { institutionId, subject } = principal;
    const reviewers = request.reviewers.map(({ person, collectorIds = [] }) => ({ person, collectorIds }));
    const twice = reviewers.findIndex(({ person }, index) => reviewers.findIndex((each) => each.person === person) < index);
    if (twice >= 0) throw invalid(`/reviewers/${twice}/person`, 'is there twice; leave one out');
    return inTransaction(this.database, principal, async (tx) => {
      await this.store.lock(tx, institutionId);
      const { percent, minimum, secondPercent } = request;
      await this.store.set(tx, institutionId, { percent, minimum, secondPercent, reviewers }, subject, await this.now(tx));
      return this.showSetting(tx, institutionId);
    });
  }

  /** The latest first; the product's own is the last. */
  async sheets(principal: Principal): Promise<{ readonly items: readonly SheetView[] }> {
    const own = await inTransaction(this.database, principal, (tx) => this.store.sheets(tx, principal.institutionId));
    return { items: [...own, PRODUCT_SHEET] };
  }

  /** In force for what is drawn from now on. Refuses with INVALID, IDEMPOTENCY_KEY_REUSED. */
  async addSheet(
    principal: Principal,
    { passScore, items, note }: SheetRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<SheetView> {
    const { institutionId, subject } = principal;
    const twice = items.findIndex(({ id }, index) => items.findIndex((each) => each.id === id) < index);
    if (twice >= 0) throw invalid(`/items/${twice}/id`, 'is there twice; name it otherwise');
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return this.sheet(tx, institutionId, Number(claim.resource));
      await this.store.lock(tx, institutionId);
      const [last] = await this.store.sheets(tx, institutionId);
      const version = (last?.version ?? 0) + 1;
      const kept = items.map(({ source = '', ...item }) => ({ ...item, source }));
      await this.store.addSheet(tx, institutionId, { version, passScore, items: kept, note, by: subject, at: await this.now(tx) });
      await rememberResource(tx, institutionId, idempotency, String(version));
      return this.sheet(tx, institutionId, version);
    });
  }

  /** Throws when the version is not there: reviews name none that is not. */
  async sheet(tx: Tx, institutionId: string, version: number): Promise<Sheet> {
    const sheets = version === 0 ? [PRODUCT_SHEET] : await this.store.sheets(tx, institutionId);
    const found = sheets.find((sheet) => sheet.version === version);
    if (!found) throw new Error(`there is no score sheet ${version}`);
    return found;
  }

  /** Draws the recordings of a period that is over. Refuses with INVALID, PERIOD_OPEN, PERIOD_DRAWN, IDEMPOTENCY_KEY_REUSED. */
  async draw(principal: Principal, { from, to }: DrawRequest, idempotency: IdempotentRequest | null): Promise<SamplePlanView> {
    const { institutionId, subject } = principal;
    if (to < from) throw invalid('/to', 'must not be before `from`');
    if (Date.parse(to) - Date.parse(from) > MOST_DAYS * DAY_MS) throw invalid('/to', `must be within ${MOST_DAYS} days of \`from\``);
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return this.show(tx, institutionId, claim.resource);
      await this.store.lock(tx, institutionId);
      const now = await this.now(tx);
      if (to >= zone.format(now.getTime()).slice(0, 10))
        throw new Refusal(PERIOD_OPEN, {
          errors: [{ pointer: '/to', detail: 'must be before today: what is recorded still would never be drawn' }],
        });
      if (await this.store.overlapping(tx, institutionId, from, to))
        throw new Refusal(PERIOD_DRAWN, { detail: 'Choose days of which nothing was drawn yet.' });
      const id = await this.drawPeriod(tx, institutionId, { from, to, by: subject, at: now });
      await rememberResource(tx, institutionId, idempotency, id);
      return this.show(tx, institutionId, id);
    });
  }

  /** The week that ended last, of every institution that has said how much; one that was drawn is left as it is. */
  async drawWeek(tx: Tx, today: string, at: Date): Promise<number> {
    const { from, to } = weekBefore(today);
    let drawn = 0;
    for (const institutionId of await this.store.institutions(tx)) {
      await this.store.lock(tx, institutionId);
      if (await this.store.overlapping(tx, institutionId, from, to)) continue;
      await this.drawPeriod(tx, institutionId, { from, to, by: 'system:weekly', at });
      drawn += 1;
    }
    return drawn;
  }

  /** The latest first. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: PageRequest): Promise<Page<SamplePlanView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    const records = await inTransaction(this.database, principal, (tx) => this.store.list(tx, principal.institutionId, before, limit));
    return toPage(records, limit, ({ id }) => id, toView);
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string): Promise<SamplePlanView> {
    return inTransaction(this.database, principal, (tx) => this.show(tx, principal.institutionId, id));
  }

  private async drawPeriod(
    tx: Tx,
    institutionId: string,
    { from, to, by, at }: { readonly from: string; readonly to: string; readonly by: string; readonly at: Date },
  ): Promise<string> {
    const setting = (await this.store.setting(tx, institutionId)) ?? PRODUCT_SETTING;
    const [sheet = PRODUCT_SHEET] = await this.store.sheets(tx, institutionId);
    const candidates = await this.store.candidates(tx, institutionId, from, to, DEFAULT_TIME_ZONE);
    const seed = randomBytes(SEED_BYTES).toString('hex');
    const second = new Map(drawSample(seed, candidates, setting).map((unit) => [unit.id, unit.second]));
    const samples = candidates.filter(({ id }) => second.has(id)).map((unit) => ({ ...unit, second: second.get(unit.id) ?? false }));
    const { percent, minimum, secondPercent, reviewers } = setting;
    const plan = { from, to, seed, percent, minimum, secondPercent, sheetVersion: sheet.version, drawnAt: at, drawnBy: by };
    const { id, sampleOf } = await this.store.add(tx, institutionId, { ...plan, layers: layersOf(candidates, second) }, samples);
    const units = samples.map((unit) => ({ ...unit, id: sampleOf.get(unit.id) ?? '' }));
    const assigned = assign(units, reviewers, await this.store.load(tx, institutionId));
    const reviews = await this.store.addReviews(tx, institutionId, assigned, at);
    await this.tasks.openAll(
      tx,
      institutionId,
      reviews.map(({ id: review, caseUuid, agencyId, reviewer }) => ({
        kind: 'review-recording' as const,
        resource: `quality-review/${review}`,
        ...(caseUuid !== null && { caseUuid }),
        agencyId,
        ...(reviewer !== null && { person: reviewer }),
      })),
      at,
    );
    return id;
  }

  private async showSetting(tx: Tx, institutionId: string): Promise<QualitySettingView> {
    const setting = await this.store.setting(tx, institutionId);
    return { ...(setting ?? PRODUCT_SETTING), isSet: setting !== null };
  }

  private async show(tx: Tx, institutionId: string, id: string): Promise<SamplePlanView> {
    const record = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such plan here.' });
    return toView(record);
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });
const toView = ({ drawnAt, ...plan }: PlanRecord): SamplePlanView => ({ ...plan, drawnAt: zone.format(drawnAt.getTime()) });

function layersOf(candidates: readonly CandidateRecord[], drawn: ReadonlyMap<string, boolean>): Layer[] {
  const layers = new Map<string | null, { recordings: number; drawn: number }>();
  for (const { id, agencyId } of candidates) {
    const layer = layers.get(agencyId) ?? { recordings: 0, drawn: 0 };
    layers.set(agencyId, { recordings: layer.recordings + 1, drawn: layer.drawn + (drawn.has(id) ? 1 : 0) });
  }
  return [...layers]
    .map(([agencyId, layer]) => ({ agencyId, ...layer }))
    .toSorted((a, b) => ((a.agencyId ?? '') < (b.agencyId ?? '') ? -1 : 1));
}

/** Monday to Sunday, the last that are over on this day. */
export function weekBefore(today: string): { readonly from: string; readonly to: string } {
  const day = new Date(`${today}T00:00:00Z`);
  const sinceMonday = (day.getUTCDay() + 6) % 7;
  const at = (back: number): string => new Date(day.getTime() - back * DAY_MS).toISOString().slice(0, 10);
  return { from: at(sinceMonday + 7), to: at(sinceMonday + 1) };
}
