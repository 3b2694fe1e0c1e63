import type { Type } from '@nestjs/common';
import { ManyOf, Nested, OneOf, PageRequest, Shown, Text, Whole, type Page } from '#wire';
import { AUDIENCES, type Audience } from '../report.dto.ts';
import { DELIVERY_STATES, type DeliveryState } from './delivery.store.ts';
import { CHANNELS, type Channel } from './target.store.ts';

export class TargetEmail {
  @Text({ max: 254, example: 'filings@regulator.example' })
  readonly to!: string;
}

export class TargetSftp {
  @Text({ max: 253 })
  readonly host!: string;

  @Whole({ optional: true, min: 1, max: 65_535, description: '22 when left out' })
  readonly port?: number;

  @Text({ max: 100 })
  readonly user!: string;

  @Text({ optional: true, max: 500, description: 'This or `privateKey`; never shown again' })
  readonly password?: string;

  @Text({ optional: true, max: 20_000, description: 'OpenSSH or PEM, without a passphrase; never shown again' })
  readonly privateKey?: string;

  @Text({
    max: 100,
    example: 'SHA256:jPp1BGrVfJZmJWcnGfGjLh3Tq1hVNzYcXnDpZ3J8Z9k',
    description: 'Of the server, as `ssh-keygen -l` shows it',
  })
  readonly hostKey!: string;

  @Text({ max: 500, example: '/upload' })
  readonly folder!: string;
}

export class TargetWebhook {
  @Text({ max: 2000, description: 'https://; http:// for this machine only' })
  readonly url!: string;

  @Text({ min: 32, max: 500, description: 'Signs what is posted (X-Forbear-Signature); never shown again' })
  readonly secret!: string;
}

export interface TargetRequest {
  readonly name: string;
  readonly channel: Channel;
  readonly kinds?: readonly string[];
  readonly audience?: Audience;
  readonly email?: TargetEmail;
  readonly sftp?: TargetSftp;
  readonly webhook?: TargetWebhook;
}

/** A target as it may be asked for: each service has kinds of its own. */
export function targetRequest(kinds: readonly string[]): Type<TargetRequest> {
  class CreateReportTargetRequest implements TargetRequest {
    @Text({ max: 100 })
    readonly name!: string;

    @OneOf(CHANNELS, { description: '`portal`: whoever may read reports here finds it; nothing is carried' })
    readonly channel!: Channel;

    @ManyOf(kinds, { optional: true, minItems: 1, description: 'All when left out, but for those that have names in them' })
    readonly kinds?: readonly string[];

    @OneOf(AUDIENCES, { optional: true, description: 'Both when left out' })
    readonly audience?: Audience;

    @Nested(() => TargetEmail, { optional: true })
    readonly email?: TargetEmail;

    @Nested(() => TargetSftp, { optional: true })
    readonly sftp?: TargetSftp;

    @Nested(() => TargetWebhook, { optional: true })
    readonly webhook?: TargetWebhook;
  }
  return CreateReportTargetRequest;
}

export class ReportTargetView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.oneOf(CHANNELS)
  readonly channel!: Channel;

  @Shown.text({ description: 'Enough of the address to know it again', example: 'sftp://filings.example:22/upload' })
  readonly address!: string;

  @Shown.texts({ nullable: true, description: 'Null: all but those with names in them' })
  readonly kinds!: readonly string[] | null;

  @Shown.oneOf(AUDIENCES, { nullable: true })
  readonly audience!: Audience | null;

  @Shown.text()
  readonly createdBy!: string;

  @Shown.instant()
  readonly createdAt!: string;
}

export class ReportTargetPage implements Page<ReportTargetView> {
  @Shown.list(() => ReportTargetView, { description: 'The newest first' })
  readonly items!: readonly ReportTargetView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

export class DeliveryAttempt {
  @Shown.whole()
  readonly n!: number;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ description: '`delivered`, or the code of what went wrong' })
  readonly outcome!: string;
}

export class ReportDeliveryView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly reportId!: string;

  @Shown.uuid()
  readonly targetId!: string;

  @Shown.text()
  readonly targetName!: string;

  @Shown.oneOf(CHANNELS)
  readonly channel!: Channel;

  @Shown.oneOf(DELIVERY_STATES, { description: '`failed`: given up; `dropped`: its target was removed' })
  readonly state!: DeliveryState;

  @Shown.whole()
  readonly tries!: number;

  @Shown.instant({ nullable: true, description: 'Of the next try; null when there is none' })
  readonly dueAt!: string | null;

  @Shown.text({ nullable: true, description: 'What went wrong last' })
  readonly error!: string | null;

  @Shown.text({ nullable: true, description: 'What the other side said' })
  readonly receipt!: string | null;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly endedAt!: string | null;

  @Shown.list(() => DeliveryAttempt)
  readonly attempts!: readonly DeliveryAttempt[];
}

export class ReportDeliveryPage implements Page<ReportDeliveryView> {
  @Shown.list(() => ReportDeliveryView, { description: 'The newest first' })
  readonly items!: readonly ReportDeliveryView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

/** `?reportId=&state=&limit=&cursor=`. */
export class DeliveryFilter extends PageRequest {
  @Text({ optional: true, max: 36 })
  readonly reportId?: string;

  @OneOf(DELIVERY_STATES, { optional: true })
  readonly state?: DeliveryState;
}
