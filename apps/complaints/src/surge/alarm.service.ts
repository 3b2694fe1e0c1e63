import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DAY_MS, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage } from '#wire';
import { CodeTableService, type CodeWords } from '../code-table/code-table.service.ts';
import { MajorDesk, wrong, type Call } from '../major/major.desk.ts';
import { MATTER_ENDED } from '../major/major.refusals.ts';
import { say, sayOrNull } from '../major/major.reading.ts';
import { MajorService } from '../major/major.service.ts';
import type { MajorView } from '../major/major.view.ts';
import { MajorSettingsService } from '../major/major-settings.service.ts';
import { isRegion } from '../major/plan.ts';
import type { AlarmConfirmation, AlarmDay, AlarmItem, AlarmListRequest, AlarmPage, AlarmView, ComplaintMajorView } from './alarm.dto.ts';
import { ALARM_SETTLED } from './alarm.refusals.ts';
import { AlarmStore, type AlarmRecord } from './alarm.store.ts';
import { workingDays } from './surge.jobs.ts';

const DEFAULT_LIMIT = 50;
const CHART_DAYS = 56;
// A matter that is known of longer than this is not opened by an alarm; the hours run from the confirmation then.
const OLDEST_MS = 30 * DAY_MS;
const REASON = 'major_alarm.reason';

/** Alarms, and what people say to them. */
@Injectable()
export class AlarmService {
  constructor(
    @Inject(MajorDesk) private readonly desk: MajorDesk,
    @Inject(AlarmStore) private readonly store: AlarmStore,
    @Inject(MajorService) private readonly majors: MajorService,
    @Inject(MajorSettingsService) private readonly settings: MajorSettingsService,
    @Inject(CodeTableService) private readonly codes: CodeTableService,
  ) {}

  /** The newest first. Refuses with INVALID for a cursor that is not ours. */
  list(principal: Principal, { state, limit = DEFAULT_LIMIT, cursor }: AlarmListRequest, requestId: string): Promise<AlarmPage> {
    const after = decodeCursor(cursor, isUuid);
    return this.desk.read(principal, async (tx) => {
      const rows = await this.store.list(tx, principal.institutionId, state ?? null, after, limit);
      const page = toPage(
        rows,
        limit,
        ({ id }) => id,
        (alarm) => alarm,
      );
      return { ...page, items: await this.items(tx, principal, page.items, requestId) };
    });
  }

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, id: string, requestId: string): Promise<AlarmView> {
    return this.desk.read(principal, async (tx, now) => this.view(tx, principal, await this.alarm(tx, principal, id), now, requestId));
  }

  /** It is a major one: opens a matter for its complaints, or adds them to one. Refuses with NOT_FOUND, ALARM_SETTLED, and as MajorService does. */
  confirm(call: Call, id: string, request: AlarmConfirmation): Promise<MajorView> {
    const { principal } = call;
    return this.desk.make(call, async (tx, now) => {
      const alarm = await this.open(tx, principal, id);
      const complaintIds = await this.complaintsOf(tx, alarm, now);
      const matter = request.matterId
        ? await this.join(tx, principal, now, request.matterId, complaintIds)
        : await this.openMatter(tx, principal, now, { alarm, complaintIds, request });
      const reasonSealed = this.desk.seal(request.reason, REASON);
      await this.store.settle(tx, alarm.id, { state: 'confirmed', by: principal.subject, at: now, reasonSealed, matter });
      return matter;
    });
  }

  /** It is none. Refuses with NOT_FOUND, ALARM_SETTLED, RECUSED, IDEMPOTENCY_KEY_REUSED. */
  dismiss(call: Call, id: string, reason: string): Promise<AlarmView> {
    const { principal } = call;
    return this.desk.alone(
      call,
      async (tx, now) => {
        const alarm = await this.open(tx, principal, id);
        const { reading } = this.desk.pens;
        if (alarm.dimension === 'complaint') await reading.lock(tx, principal, alarm.code);
        const reasonSealed = this.desk.seal(reason, REASON);
        await this.store.settle(tx, alarm.id, { state: 'dismissed', by: principal.subject, at: now, reasonSealed, matter: null });
        return alarm.id;
      },
      async (tx, alarmId) =>
        this.view(tx, principal, await this.alarm(tx, principal, alarmId), await this.desk.pens.reading.now(tx), call.requestId),
    );
  }

  /** What of a complaint is major. Refuses with NOT_FOUND. */
  ofComplaint(principal: Principal, complaintId: string, requestId: string): Promise<ComplaintMajorView> {
    return this.desk.read(principal, async (tx) => {
      const { id } = await this.desk.pens.reading.find(tx, principal, complaintId);
      return this.complaintView(tx, principal, id, requestId);
    });
  }

  /** Where a complaint comes from, as a person says. Refuses with NOT_FOUND, RECUSED, INVALID. */
  noteRegion(call: Call, complaintId: string, region: string): Promise<ComplaintMajorView> {
    const { principal } = call;
    if (!isRegion(region)) throw wrong('/region', 'must be a province of GB/T 2260, such as 230000');
    return this.desk.alone(
      call,
      async (tx, now) => {
        const { id, institutionId } = await this.desk.pens.reading.lock(tx, principal, complaintId);
        if ((await this.store.region(tx, id))?.region === region) return id;
        await this.store.noteRegions(tx, [{ institution: institutionId, complaint: id, region }], principal.subject, now, true);
        const entry = { complaintId: id, at: now, kind: 'region-noted', actor: principal.subject, data: { region } } as const;
        await this.desk.pens.timeline.add(tx, institutionId, [entry]);
        return id;
      },
      (tx, id) => this.complaintView(tx, principal, id, call.requestId),
    );
  }

  private async complaintView(tx: Tx, principal: Principal, id: string, requestId: string): Promise<ComplaintMajorView> {
    const region = await this.store.region(tx, id);
    return {
      matters: await this.majors.ofComplaint(tx, principal, id, requestId),
      alarms: await this.items(tx, principal, await this.store.ofComplaint(tx, id), requestId),
      region: region?.region ?? null,
      regionBy: region?.notedBy ?? null,
    };
  }

  private async openMatter(
    tx: Tx,
    principal: Principal,
    now: Date,
    { alarm, complaintIds, request }: { alarm: AlarmRecord; complaintIds: readonly string[]; request: AlarmConfirmation },
  ): Promise<string> {
    const { title, reason, persons, knownAt } = request;
    if (!title?.trim()) throw wrong('/title', 'is needed where no `matterId` is given');
    const since = now.getTime() - alarm.raisedAt.getTime() > OLDEST_MS ? null : say(alarm.raisedAt);
    return this.majors.openIn(tx, principal, now, {
      kind: request.kind ?? alarm.basis.kind ?? 'surge',
      title,
      reason,
      persons: persons ?? alarm.basis.persons ?? null,
      knownAt: knownAt ?? since,
      drill: false,
      complaintIds,
      leaves: alarm.dimension !== 'complaint',
    });
  }

  private async join(tx: Tx, principal: Principal, now: Date, id: string, complaintIds: readonly string[]): Promise<string> {
    const matter = await this.desk.find(tx, principal, id, now);
    if (matter.state !== 'open') throw new Refusal(MATTER_ENDED, { detail: `${matter.number} is ${matter.state}.` });
    if (matter.drill) throw wrong('/matterId', 'is a drill, which no complaint belongs to');
    await this.majors.join({ tx, principal, matter, now }, complaintIds, true);
    return matter.id;
  }

  /** From the first day of the window until now: a surge does not end where its window does. */
  private async complaintsOf(tx: Tx, alarm: AlarmRecord, now: Date): Promise<string[]> {
    if (alarm.dimension === 'complaint') return [alarm.code];
    const zone = await this.zoneOf(tx, alarm);
    const last = zone.dateStart(alarm.endsOn);
    return this.store.complaints(tx, alarm, new Date(zone.addDays(last, 1 - alarm.windowDays)), now);
  }

  private async alarm(tx: Tx, { institutionId }: Principal, id: string): Promise<AlarmRecord> {
    const alarm = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (alarm === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such alarm here.' });
    return alarm;
  }

  private async open(tx: Tx, principal: Principal, id: string): Promise<AlarmRecord> {
    const alarm = await this.alarm(tx, principal, id);
    if (alarm.state !== 'open') throw new Refusal(ALARM_SETTLED, { detail: `${alarm.settledBy ?? ''} put it down as ${alarm.state}.` });
    return alarm;
  }

  private async zoneOf(tx: Tx, { institutionId }: AlarmRecord): Promise<Zone> {
    return Zone.of((await this.settings.inForce(tx, institutionId)).value.surge.timeZone);
  }

  private async items(tx: Tx, principal: Principal, alarms: readonly AlarmRecord[], requestId: string): Promise<AlarmItem[]> {
    const { reading, vault } = this.desk.pens;
    const look = reading.readingOf(principal, await reading.now(tx));
    const written = alarms.filter(({ reasonSealed }) => reasonSealed !== null).map(({ id }) => id);
    await reading.noteRead(tx, principal, look, written, ['major.alarm'], requestId);
    const words = alarms.length === 0 ? new Map() : await this.codes.words(tx, principal.institutionId);
    return alarms.map((alarm) =>
      toItem(alarm, words, look.masked || alarm.reasonSealed === null ? null : vault.open(alarm.reasonSealed, REASON)),
    );
  }

  private async view(tx: Tx, principal: Principal, alarm: AlarmRecord, now: Date, requestId: string): Promise<AlarmView> {
    const [item] = await this.items(tx, principal, [alarm], requestId);
    if (!item) throw new Error('no alarm to show');
    const { settingsVersion, basis } = alarm;
    const { pastDays = null, pastCount = null, dispersion = null } = basis;
    return { ...item, settingsVersion, pastDays, pastCount, dispersion, days: await this.days(tx, alarm, now) };
  }

  private async days(tx: Tx, alarm: AlarmRecord, now: Date): Promise<AlarmDay[]> {
    const { basis, dimension, endsOn, windowDays } = alarm;
    if (dimension === 'complaint') return [];
    const zone = await this.zoneOf(tx, alarm);
    const last = zone.dateStart(endsOn);
    const from = zone.addDays(last, 1 - windowDays - CHART_DAYS);
    // A week more shows whether it went on.
    const until = Math.min(now.getTime(), zone.addDays(last, 8) - 1);
    const counts = await this.store.days(tx, alarm, { from: new Date(from), until: new Date(until), zone: zone.id });
    const byDay = new Map(counts.map(({ day, count }) => [day, count]));
    const works = workingDays();
    const days: AlarmDay[] = [];
    for (let day = zone.dayNumber(from); day <= zone.dayNumber(until); day += 1) {
      const expected = (works(day) ? basis.workRate : basis.offRate) ?? 0;
      days.push({ day: new Date(day * DAY_MS).toISOString().slice(0, 10), count: byDay.get(day) ?? 0, expected, works: works(day) });
    }
    return days;
  }
}

function toItem(alarm: AlarmRecord, words: CodeWords, reason: string | null): AlarmItem {
  const { dimension, code, basis } = alarm;
  return {
    id: alarm.id,
    dimension,
    code,
    label: words.get(`${dimension} ${code}`) ?? null,
    complaintNumber: alarm.complaintNumber,
    windowDays: alarm.windowDays,
    endsOn: alarm.endsOn,
    count: alarm.count,
    peak: alarm.peak,
    expected: alarm.expected,
    chance: alarm.chance,
    kind: basis.kind ?? 'surge',
    words: basis.words ?? [],
    raisedAt: say(alarm.raisedAt),
    state: alarm.state,
    settledBy: alarm.settledBy,
    settledAt: sayOrNull(alarm.settledAt),
    reason,
    matterId: alarm.matterId,
  };
}
