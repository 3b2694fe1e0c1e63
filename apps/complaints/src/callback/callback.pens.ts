import { Inject, Injectable } from '@nestjs/common';
import { Vault } from '#vault';
import type { Tx } from '#pg';
import type { At } from '../aftercare/aftercare.desk.ts';
import { AfterDeadlineService } from '../aftercare/after-deadline.service.ts';
import type { CallbackSettingRequest } from './callback.dto.ts';
import { CallbackStore } from './callback.store.ts';
import { readToken, tokenOf, type LinkOf } from './token.ts';

/** As the product has it until an institution says otherwise: everybody, three days after, and a score of two or less is looked at. */
export const DEFAULT_SETTING: CallbackSettingRequest = {
  samplePercent: 100,
  daysAfter: 3,
  linkDays: 14,
  phoneDays: 7,
  lowScore: 2,
  minimumCount: 5,
};

interface Due {
  readonly dueOn: string;
  readonly dueAt: Date;
}

/** What call-backs are planned and answered with: the setting, links, due dates. */
@Injectable()
export class CallbackPens {
  constructor(
    @Inject(CallbackStore) private readonly store: CallbackStore,
    @Inject(AfterDeadlineService) private readonly deadlines: AfterDeadlineService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async setting(tx: Tx, institutionId: string): Promise<CallbackSettingRequest & { readonly changedBy: string | null }> {
    return (await this.store.setting(tx, institutionId)) ?? { ...DEFAULT_SETTING, changedBy: null };
  }

  token(link: LinkOf): string {
    return tokenOf(this.vault, link);
  }

  read(token: string): LinkOf | null {
    return readToken(this.vault, token);
  }

  addressIndex(key: string): Buffer {
    return this.vault.index(key, 'callback.address');
  }

  /** Somebody has to call by then. */
  callBy(at: At, ref: string, due: Due): Promise<void> {
    return this.deadlines.set(at, {
      kind: 'callback',
      ref,
      ...due,
      person: null,
      role: 'complaint-handler',
      escalateRole: 'complaint-supervisor',
    });
  }

  /** A supervisor has to look at a low score by then. */
  lookBy(at: At, ref: string, due: Due): Promise<void> {
    return this.deadlines.set(at, {
      kind: 'low-score',
      ref,
      ...due,
      person: null,
      role: 'complaint-supervisor',
      escalateRole: 'complaint-supervisor',
    });
  }

  called(tx: Tx, ref: string, at: Date): Promise<void> {
    return this.deadlines.end(tx, 'callback', [ref], at);
  }

  lookedAt(tx: Tx, ref: string, at: Date): Promise<void> {
    return this.deadlines.end(tx, 'low-score', [ref], at);
  }
}
