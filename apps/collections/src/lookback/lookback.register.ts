import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { LookbackStore } from './lookback.store.ts';
import type { RegisteredCase } from './register.ts';

/** What the register says of cases, for whoever judges past contacts. */
@Injectable()
export class LookbackRegister {
  constructor(@Inject(LookbackStore) private readonly store: LookbackStore) {}

  /** The cases that are known, by the ids that they were given. */
  factsFor(tx: Tx, institutionId: string, caseIds: readonly string[]): Promise<ReadonlyMap<string, RegisteredCase>> {
    return this.store.register(tx, institutionId, caseIds);
  }
}
