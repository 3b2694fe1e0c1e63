import { Shown, type Page } from '#wire';
import { ACTIONS, type ActEntry } from './act.service.ts';

export class ActView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(ACTIONS)
  readonly action!: string;

  @Shown.text({ description: 'The id of what it was done to' })
  readonly resource!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ description: 'Who did it' })
  readonly by!: string;

  @Shown.free({ description: 'What was set' })
  readonly detail!: Readonly<Record<string, unknown>>;

  @Shown.text({ nullable: true, description: 'Where the proof is' })
  readonly evidence!: string | null;

  @Shown.text({ nullable: true })
  readonly reason!: string | null;
}

export class ActPage implements Page<ActView> {
  @Shown.list(() => ActView)
  readonly items!: readonly ActView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export const toActView = (entry: ActEntry, instant: (at: Date) => string): ActView => ({
  id: entry.id,
  action: entry.action,
  resource: entry.resource,
  at: instant(entry.at),
  by: entry.by,
  detail: entry.detail,
  evidence: entry.evidence,
  reason: entry.reason,
});
