import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { decodeCursor, isUuid, toPage } from '#wire';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import { SortingSettings } from '../sorting/sorting-setting.service.ts';
import type { BadFaithListRequest, BadFaithPage, BadFaithSettingsRequest, BadFaithSettingsView } from './bad-faith.dto.ts';
import { BAD_FAITH_SETTINGS_REFUSED } from './bad-faith.refusals.ts';
import { JudgementStore } from './judgement.store.ts';
import { ScoringService, SETTINGS_NAME } from './scoring.service.ts';
import { checkSettings, type BadFaithSettings, type SignalWeight } from './signals.ts';

const DEFAULT_LIMIT = 50;

/** What people are asked to look at, and by which signs. */
@Injectable()
export class BadFaithListService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(JudgementStore) private readonly store: JudgementStore,
    @Inject(ScoringService) private readonly scoring: ScoringService,
    @Inject(SortingSettings) private readonly settings: SortingSettings,
  ) {}

  /** The highest score first. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: BadFaithListRequest): Promise<BadFaithPage> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const key = decodeCursor(request.cursor, (given) => positionOf(given) !== null);
    const { institutionId } = principal;
    return this.desk.read(principal, async (tx) => {
      const { lookFrom } = (await this.scoring.inForce(tx, institutionId)).value;
      const after = key === null ? null : positionOf(key);
      const rows = await this.store.list(tx, { institutionId, lookFrom, standing: request.standing ?? null, after, limit });
      const zone = Zone.of(DEFAULT_TIME_ZONE);
      return toPage(
        rows,
        limit,
        ({ score, complaintId }) => `${score} ${complaintId}`,
        ({ complaintId, number, receivedAt, score, signals, standing }) => ({
          complaintId,
          number,
          receivedAt: zone.format(receivedAt.getTime()),
          score,
          signals: signals.map(({ signal, count, points }) => ({ signal, count, points })),
          standing,
        }),
      );
    });
  }

  findSettings(principal: Principal): Promise<BadFaithSettingsView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal.institutionId));
  }

  /** The next version; what has a score keeps it until something arrives beside it. Refuses with BAD_FAITH_SETTINGS_REFUSED, STALE_SETTING. */
  setSettings(principal: Principal, { version, note, ...given }: BadFaithSettingsRequest): Promise<BadFaithSettingsView> {
    const { signals, words, windowDays, alikePercent, lookFrom } = given;
    const value: BadFaithSettings = { signals: inOrder(signals), words, windowDays, alikePercent, lookFrom };
    return this.desk.alone(
      { principal, lock: SETTINGS_NAME, idempotency: null },
      async (tx, now) => {
        const errors = checkSettings(value);
        if (errors.length > 0) throw new Refusal(BAD_FAITH_SETTINGS_REFUSED, { errors });
        await this.settings.set(tx, principal, SETTINGS_NAME, { version, value, note }, now);
        return String(version + 1);
      },
      (tx) => this.view(tx, principal.institutionId),
    );
  }

  private async view(tx: Tx, institutionId: string): Promise<BadFaithSettingsView> {
    const { version, value, note, setBy, setAt } = await this.scoring.inForce(tx, institutionId);
    const { signals, words, windowDays, alikePercent, lookFrom } = value;
    const at = setAt && Zone.of(DEFAULT_TIME_ZONE).format(setAt.getTime());
    return { version, signals: inOrder(signals), words, windowDays, alikePercent, lookFrom, note, setBy, setAt: at };
  }
}

function positionOf(key: string): { score: number; id: string } | null {
  const [score = '', id = '', ...rest] = key.split(' ');
  return /^\d{1,3}$/.test(score) && isUuid(id) && rest.length === 0 ? { score: Number(score), id } : null;
}

const inOrder = (of: BadFaithSettings['signals']): BadFaithSettings['signals'] => {
  const one = ({ weight, from, full }: SignalWeight): SignalWeight => ({ weight, from, full });
  return {
    'near-identical-text': one(of['near-identical-text']),
    'shared-contact': one(of['shared-contact']),
    'same-proxy': one(of['same-proxy']),
    'fee-demand': one(of['fee-demand']),
    'forged-proof': one(of['forged-proof']),
  };
};
