import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { ActService } from '../act/act.service.ts';
import { localInstantOrNull } from './local-days.ts';
import { OversightDesk } from './oversight.desk.ts';
import { bankOnly, STALE_SETTING } from './oversight.refusals.ts';
import { OversightStore } from './oversight.store.ts';
import type { SettingRequest, SettingView } from './setting.dto.ts';
import { DEFAULT_SETTING, type GovernanceSetting } from './setting.ts';

/** By when agencies are inspected and evaluated. Each setting is a version; the last holds. */
@Injectable()
export class SettingService {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(OversightStore) private readonly store: OversightStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  find(principal: Principal): Promise<SettingView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal.institutionId));
  }

  /** Refuses with FORBIDDEN, STALE_SETTING when another version holds than the one that was read. */
  async set(principal: Principal, request: SettingRequest): Promise<SettingView> {
    bankOnly(principal);
    const { institutionId, subject } = principal;
    const { version, reason, ...said } = request;
    const { minor = null, major = null, critical = null } = said.rectificationGraceDays;
    const setting: GovernanceSetting = {
      ...said,
      suspendWhenEvaluationOverdueDays: said.suspendWhenEvaluationOverdueDays ?? null,
      rectificationGraceDays: { minor, major, critical },
    };
    return this.desk.read(principal, async (tx) => {
      const before = (await this.store.setting(tx, institutionId))?.version ?? 0;
      const now = await this.desk.now(tx);
      const next = { version: version + 1, setting, setBy: subject, setAt: now };
      if (before !== version || !(await this.store.addSetting(tx, institutionId, next)))
        throw new Refusal(STALE_SETTING, { detail: 'Read it again, then set it.' });
      const act = { action: 'oversight-setting', resource: 'agency-governance-setting', detail: { ...setting }, reason } as const;
      await this.acts.note(tx, principal, act, now);
      return this.view(tx, institutionId);
    });
  }

  async inForce(tx: Tx, institutionId: string): Promise<GovernanceSetting> {
    return (await this.store.setting(tx, institutionId))?.setting ?? DEFAULT_SETTING;
  }

  private async view(tx: Tx, institutionId: string): Promise<SettingView> {
    const record = await this.store.setting(tx, institutionId);
    return {
      ...(record?.setting ?? DEFAULT_SETTING),
      version: record?.version ?? 0,
      setBy: record?.setBy ?? null,
      setAt: localInstantOrNull(record?.setAt ?? null),
    };
  }
}
