import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { ReminderRun } from './reminder.run.ts';

/** Reminders of what falls due. */
@Injectable()
export class ReminderWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(ReminderRun) private readonly reminders: ReminderRun,
  ) {}

  get clockwork() {
    return [{ name: 'reminders.due', everyMs: this.config.remindersEveryMs, run: async () => void (await this.reminders.run()) }];
  }
}
