import { Shown, type Page } from '#wire';
import { DISPATCH_CHANNELS, DISPATCH_STATES, type DispatchChannel, type DispatchState } from './dispatch.states.ts';

export class DispatchView {
  @Shown.uuid({ description: 'Also the id under which it was handed over' })
  readonly id!: string;

  @Shown.uuid({ nullable: true })
  readonly complaintId!: string | null;

  @Shown.oneOf(DISPATCH_CHANNELS)
  readonly channel!: DispatchChannel;

  @Shown.text({ description: 'What it is for, such as decision-notice' })
  readonly purpose!: string;

  @Shown.text({ description: 'Where it goes; masked for those who do not work on complaints' })
  readonly to!: string;

  @Shown.oneOf(DISPATCH_STATES)
  readonly state!: DispatchState;

  @Shown.text({ nullable: true, description: 'Why it was not taken, or did not arrive: a word' })
  readonly code!: string | null;

  @Shown.whole()
  readonly tries!: number;

  @Shown.text()
  readonly askedBy!: string;

  @Shown.instant()
  readonly askedAt!: string;

  @Shown.instant({ nullable: true, description: 'When it is tried again; null: it is not' })
  readonly nextTryAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When gateway or mail server took it' })
  readonly sentAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When it arrived, as the gateway says' })
  readonly deliveredAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When it came to its end' })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true, description: 'The name that gateway or mail server gave it' })
  readonly providerId!: string | null;
}

export class DispatchDetail extends DispatchView {
  @Shown.text({ description: 'Of a mail; empty for a text message' })
  readonly subject!: string;

  @Shown.text({ nullable: true, description: 'What it says; null for those who do not work on complaints' })
  readonly body!: string | null;
}

export class DispatchPage implements Page<DispatchView> {
  @Shown.list(() => DispatchView)
  readonly items!: readonly DispatchView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
