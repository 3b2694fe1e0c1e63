import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { BatchStore } from './batch.store.ts';
import { DestructionStores, Destroyer } from './destroyer.ts';
import { RetentionHoldService } from './hold.service.ts';
import { HoldStore } from './hold.store.ts';
import { ItemStore } from './item.store.ts';
import { RETENTION_KINDS, type RetentionKinds } from './kind.ts';
import { Lists } from './lists.ts';
import { DestructionProofService } from './proof.service.ts';
import { RetentionController } from './retention.controller.ts';
import { RetentionDesk } from './retention.desk.ts';
import { RetentionWork } from './retention.work.ts';
import { RuleService } from './rule.service.ts';
import { RuleStore } from './rule.store.ts';
import { RetentionRunController } from './run.controller.ts';
import { RetentionRunner } from './run.runner.ts';
import { RetentionRunService } from './run.service.ts';
import { RunStore } from './run.store.ts';

const STORES = [RuleStore, HoldStore, RunStore, ItemStore, BatchStore, DestructionStores];
const RUNNING = [RetentionDesk, Lists, Destroyer, RetentionRunner];
const SERVICES = [RuleService, RetentionHoldService, RetentionRunService, DestructionProofService];

/** The retention of a service: `serving` for the process that answers HTTP, `working` for the one that carries runs out. */
@Module({})
export class RetentionModule {
  static serving(kinds: RetentionKinds): DynamicModule {
    return {
      module: RetentionModule,
      controllers: [RetentionController, RetentionRunController],
      providers: [given(kinds), ...STORES, ...RUNNING, ...SERVICES],
    };
  }

  static working(kinds: RetentionKinds): DynamicModule {
    return { module: RetentionModule, providers: [given(kinds), ...STORES, ...RUNNING, RetentionWork], exports: [RetentionWork] };
  }
}

const given = (kinds: RetentionKinds): Provider => ({ provide: RETENTION_KINDS, useValue: kinds });
