import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { CaseModule } from '../case/case.module.ts';
import { uploadModule } from '../uploads.ts';
import { ProofController } from './proof.controller.ts';
import { ProofService } from './proof.service.ts';
import { ProofStore } from './proof.store.ts';

@Module({ imports: [ActModule, CaseModule, uploadModule], controllers: [ProofController], providers: [ProofService, ProofStore] })
export class ProofModule {}
