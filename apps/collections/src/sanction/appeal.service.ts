import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { FORBIDDEN, Refusal } from '#problem';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly } from '../oversight/oversight.refusals.ts';
import { EffectService } from './effect.service.ts';
import { APPEAL, APPEAL_NOTE, END_NOTE, SanctionDesk } from './sanction.desk.ts';
import type { AppealDecisionRequest, SanctionView } from './sanction.dto.ts';
import { APPEALED, NOT_APPEALED, NOT_IN_FORCE, OWN_SANCTION } from './sanction.refusals.ts';
import { SanctionStore, type SanctionRecord } from './sanction.store.ts';

/** The agency's side of a sanction: it takes note, and it may appeal once. */
@Injectable()
export class AppealService {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(SanctionDesk) private readonly desk: SanctionDesk,
    @Inject(SanctionStore) private readonly store: SanctionStore,
    @Inject(EffectService) private readonly effects: EffectService,
  ) {}

  /** Once; again it stays as it is. Refuses with FORBIDDEN for the bank, NOT_FOUND. */
  acknowledge(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<SanctionView> {
    return this.change(principal, id, idempotency, async (tx, record, at) => {
      agencyOnly(principal);
      if (record.acknowledgedAt !== null) return;
      await this.store.acknowledge(tx, id, { by: principal.subject, at });
      await this.effects.note(tx, principal, 'sanction-acknowledged', record, at);
    });
  }

  /** The sanction stays in force meanwhile. Refuses with FORBIDDEN for the bank, NOT_FOUND, NOT_IN_FORCE, APPEALED, IDEMPOTENCY_KEY_REUSED. */
  appeal(principal: Principal, id: string, appeal: string, idempotency: IdempotentRequest | null): Promise<SanctionView> {
    return this.change(principal, id, idempotency, async (tx, record, at) => {
      agencyOnly(principal);
      if (record.appealedAt !== null) throw new Refusal(APPEALED, { detail: 'There is one appeal.' });
      if (record.state !== 'in-force') throw new Refusal(NOT_IN_FORCE, { detail: `It is ${record.state}.` });
      await this.store.appeal(tx, id, { by: principal.subject, at, appealSealed: this.oversight.seal(appeal, APPEAL) });
      await this.effects.appealed(tx, principal, record, at);
    });
  }

  /**
   * By somebody who neither proposed nor approved it. Revoked, it is as if it had not been; an agency that was expelled comes back by a new admission.
   * Refuses with FORBIDDEN, NOT_FOUND, NOT_APPEALED, OWN_SANCTION, IDEMPOTENCY_KEY_REUSED.
   */
  async decide(
    principal: Principal,
    id: string,
    { outcome, note }: AppealDecisionRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    bankOnly(principal);
    return this.change(principal, id, idempotency, async (tx, record, at) => {
      if (record.appealedAt === null || record.appealOutcome !== null)
        throw new Refusal(NOT_APPEALED, { detail: record.appealOutcome === null ? 'Nobody appealed.' : `It was ${record.appealOutcome}.` });
      if ([record.proposedBy, record.approvedBy].includes(principal.subject))
        throw new Refusal(OWN_SANCTION, { detail: 'Ask somebody who neither proposed nor approved it.' });
      const by = principal.subject;
      await this.store.decideAppeal(tx, id, { outcome, by, at, noteSealed: this.oversight.seal(note, APPEAL_NOTE) });
      await this.effects.appealDecided(tx, principal, record, { outcome, at });
      if (outcome === 'upheld') return;
      await this.store.end(tx, id, { state: 'revoked', by, at, noteSealed: this.oversight.seal(note, END_NOTE) });
      await this.effects.over(tx, principal, record, { action: 'sanction-ended', at });
    });
  }

  private change(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, record: SanctionRecord, at: Date) => Promise<void>,
  ): Promise<SanctionView> {
    const changed = async (tx: Tx): Promise<string> => {
      await work(tx, await this.desk.locked(tx, principal, id), await this.oversight.now(tx));
      return id;
    };
    return this.oversight.write(principal, idempotency, changed, (tx) => this.desk.view(tx, principal, id));
  }
}

function agencyOnly(principal: Principal): void {
  if (principal.agencyId === null) throw new Refusal(FORBIDDEN, { detail: 'This is for people of the agency.' });
}
