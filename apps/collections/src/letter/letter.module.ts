import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { MessageModule } from '../message/message.module.ts';
import { LetterController } from './letter.controller.ts';
import { LetterPaper } from './letter.paper.ts';
import { LetterService } from './letter.service.ts';
import { LetterStore } from './letter.store.ts';

@Module({
  imports: [ActModule, MessageModule],
  controllers: [LetterController],
  providers: [LetterService, LetterPaper, LetterStore],
})
export class LetterModule {}
