import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import type { Channel, DecisionJson, Mode, Purpose } from '#contact-rules';
import { inTransaction } from '#pg';
import { PolicyService } from '../policy/policy.service.ts';
import { toProposed } from './facts.ts';
import { GateStore, type ContactCommand } from './gate.store.ts';
import { judgeLoaded } from './judging.ts';

/** The contact that somebody would make with each of many cases. */
export interface LookedFor {
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly channel: Channel;
  readonly mode: Mode | null;
  readonly purpose: Purpose;
  readonly collectorIds: readonly string[];
  readonly deviceId: string | null;
}

/** A contact point of the debtor of a case, both by our ids. */
export interface Target {
  readonly caseUuid: string;
  readonly contactPointId: string;
}

export interface Looked {
  readonly target: Target;
  /** Null: the case or its contact point is not there any more. */
  readonly outcome: DecisionJson | null;
  readonly timeZone: string;
}

/** What the gate would answer for many cases at once, by its own code and on its own facts, in one round trip; reserves nothing. */
@Injectable()
export class LookService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(GateStore) private readonly store: GateStore,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  async look(contact: LookedFor, targets: readonly Target[]): Promise<Looked[]> {
    if (targets.length === 0) return [];
    const { institutionId, agencyId } = contact;
    const commands = targets.map((target): ContactCommand => ({
      agencyId,
      caseId: target.caseUuid,
      partyId: null,
      contactPointId: target.contactPointId,
      pointChannels: [],
      purpose: contact.purpose,
      collectorIds: contact.collectorIds,
      deviceId: contact.deviceId,
      template: null,
      idempotency: null,
    }));
    return inTransaction(this.database, { institutionId, tenantSetByWork: true }, async (tx) => {
      const loaded = await this.store.load(tx, { institutionId, now: this.clock.override, reserve: false }, commands);
      const looked: Looked[] = [];
      for (const [n, target] of targets.entries()) {
        const one = loaded[n];
        if (one?.kind !== 'facts') {
          looked.push({ target, outcome: null, timeZone: 'UTC' });
          continue;
        }
        const inForce = await this.policies.inForce(tx, institutionId, one.policyNumber);
        const request = { ...contact, collectorIds: [...contact.collectorIds] };
        const { outcome } = judgeLoaded(one, inForce, toProposed(request, one.row, agencyId, null), []);
        looked.push({ target, outcome, timeZone: one.facts.timeZone ?? 'UTC' });
      }
      return looked;
    });
  }
}
