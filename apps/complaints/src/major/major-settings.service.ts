import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { ApprovalService } from '../approval/approval.service.ts';
import { otherThan, SortingDesk } from '../sorting/sorting.desk.ts';
import { STALE_SETTING } from '../sorting/sorting-setting.service.ts';
import type { MajorSettingsRequest, MajorSettingsView, SettingVersion } from './major-settings.dto.ts';
import { MAJOR_SETTINGS_REFUSED, NO_SETTINGS_WAIT, SETTINGS_WAIT } from './major.refusals.ts';
import { MajorSettingsStore, type SettingRecord } from './major-settings.store.ts';
import { checkSettings, MAJOR_KINDS, OUR_SETTINGS, type MajorSettings } from './plan.ts';

const LOCK = 'major-settings';
export const SETTINGS_KIND = 'major-settings';
export const APPROVER = 'head-office-approver';

/** The settings as something is judged by them; version 1 comes with the product. */
export interface InForce {
  readonly version: number;
  readonly value: MajorSettings;
}

/** The plan, the hours and the measure of a surge: set by one person, in force when a second agrees. */
@Injectable()
export class MajorSettingsService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(MajorSettingsStore) private readonly store: MajorSettingsStore,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  async inForce(tx: Tx, institutionId: string): Promise<InForce> {
    return (await this.store.approved(tx, institutionId)) ?? { version: 1, value: OUR_SETTINGS };
  }

  /** Of every institution that has set its own. */
  async all(tx: Tx): Promise<ReadonlyMap<string, InForce>> {
    return new Map((await this.store.all(tx)).map(({ institutionId, version, value }) => [institutionId, { version, value }]));
  }

  find(principal: Principal): Promise<MajorSettingsView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal.institutionId));
  }

  /** A next version, that waits. Refuses with MAJOR_SETTINGS_REFUSED by field, SETTINGS_WAIT, STALE_SETTING. */
  set(principal: Principal, { version, note, ...given }: MajorSettingsRequest): Promise<MajorSettingsView> {
    const { institutionId, subject: by } = principal;
    const value = inOrder(given);
    return this.desk.alone(
      { principal, lock: LOCK, idempotency: null },
      async (tx, now) => {
        const errors = checkSettings(value);
        if (errors.length > 0) throw new Refusal(MAJOR_SETTINGS_REFUSED, { errors });
        const latest = await this.store.latest(tx, institutionId);
        if (latest?.state === 'waiting') throw new Refusal(SETTINGS_WAIT, { detail: `Version ${latest.version} waits for ${APPROVER}.` });
        if ((await this.inForce(tx, institutionId)).version !== version)
          throw new Refusal(STALE_SETTING, { detail: 'Read it again, then set it.' });
        const next = Math.max(1, latest?.version ?? 1) + 1;
        const id = await this.store.insert(tx, { institutionId, version: next, value, note, by, at: now });
        await this.approvals.ask(
          tx,
          { institutionId, kind: SETTINGS_KIND, ref: id, complaintId: null, role: APPROVER, askedBy: by, note },
          now,
        );
        return id;
      },
      (tx) => this.view(tx, institutionId),
    );
  }

  /** The second person’s word; whoever set it may take it back instead. Refuses with NO_SETTINGS_WAIT, FORBIDDEN for who set it to agree. */
  settle(principal: Principal, agrees: boolean, idempotency: IdempotentRequest | null): Promise<MajorSettingsView> {
    const { institutionId, subject: by } = principal;
    return this.desk.alone(
      { principal, lock: LOCK, idempotency },
      async (tx, now) => {
        const latest = await this.store.latest(tx, institutionId);
        if (latest?.state !== 'waiting') throw new Refusal(NO_SETTINGS_WAIT, { detail: 'Read the settings again.' });
        if (agrees) otherThan(principal, [latest.setBy], 'this version');
        const outcome = agrees ? 'approved' : latest.setBy === by ? 'withdrawn' : 'refused';
        await this.approvals.settle(tx, principal, { institutionId, kind: SETTINGS_KIND, ref: latest.id }, outcome, now);
        // What was right when it was set may not be so any more where the rules have changed since.
        const errors = agrees ? checkSettings(latest.value) : [];
        if (errors.length > 0) throw new Refusal(MAJOR_SETTINGS_REFUSED, { errors });
        await this.store.settle(tx, latest.id, outcome, by, now);
        return latest.id;
      },
      (tx) => this.view(tx, institutionId),
    );
  }

  private async view(tx: Tx, institutionId: string): Promise<MajorSettingsView> {
    const approved = await this.store.approved(tx, institutionId);
    const latest = await this.store.latest(tx, institutionId);
    const ours = { version: 1, value: OUR_SETTINGS, note: null, setBy: null, setAt: null, settledBy: null, settledAt: null };
    return { inForce: toVersion(approved ?? ours), waiting: latest?.state === 'waiting' ? toVersion(latest) : null };
  }
}

type Known = Omit<SettingRecord, 'id' | 'state' | 'note' | 'setBy' | 'setAt'> & {
  readonly note: string | null;
  readonly setBy: string | null;
  readonly setAt: Date | null;
};

function toVersion({ version, value, note, setBy, setAt, settledBy, settledAt }: Known): SettingVersion {
  const zone = Zone.of(DEFAULT_TIME_ZONE);
  const say = (at: Date | null): string | null => at && zone.format(at.getTime());
  return { version, ...inOrder(value), note, setBy, setAt: say(setAt), approvedBy: settledBy, approvedAt: say(settledAt) };
}

/** Field by field, so that what is kept is what is known here. */
function inOrder({ reportHours, remindHoursBefore, persons, words, steps, surge }: MajorSettings): MajorSettings {
  const { minCount, minRatioPercent, spreads, oneIn, baselineDays, minPastDays, timeZone } = surge;
  return {
    reportHours: Object.fromEntries(MAJOR_KINDS.map((kind) => [kind, reportHours[kind]])) as MajorSettings['reportHours'],
    remindHoursBefore,
    persons,
    words: { disaster: words.disaster, accident: words.accident, 'public-health': words['public-health'] },
    steps: steps.map(({ zh, en, role, withinHours }) => ({ zh, en, role, withinHours })),
    surge: { minCount, minRatioPercent, spreads, oneIn, baselineDays, minPastDays, timeZone },
  };
}
