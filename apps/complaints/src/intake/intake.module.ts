import { Module } from '@nestjs/common';
import { AftercareModule } from '../aftercare/aftercare.module.ts';
import { FileModule } from '../file/file.module.ts';
import { IntakeController } from './intake.controller.ts';
import { IntakeService } from './intake.service.ts';
import { IntakeStore } from './intake.store.ts';

@Module({
  imports: [AftercareModule, FileModule],
  controllers: [IntakeController],
  providers: [IntakeService, IntakeStore],
})
export class IntakeModule {}
