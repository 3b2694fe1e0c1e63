import { OneOf, PageRequest, QueryFlag, Shown, Text, type Page } from '#wire';

export const DEVICE_KINDS = ['phone', 'line', 'im-account', 'email-account'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export class DeviceListRequest extends PageRequest {
  @QueryFlag({ optional: true, description: 'Only those in use, or only those that were retired' })
  active?: boolean;
}

export class DeviceRequest {
  @Text({ max: 200, description: 'The id by which contacts name it' })
  deviceId!: string;

  @OneOf(DEVICE_KINDS)
  kind!: DeviceKind;

  @Text({ max: 200, description: 'Whose it is; register it again for another who shares it' })
  collectorId!: string;
}

export class DeviceRetirementRequest {
  @Text({ max: 200, nullable: true, description: 'Only of this collector; left out: of all' })
  collectorId?: string | null;

  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class AgencyDeviceView {
  @Shown.text()
  readonly deviceId!: string;

  @Shown.oneOf(DEVICE_KINDS)
  readonly kind!: string;

  @Shown.texts({ description: 'Whose it is' })
  readonly collectorIds!: readonly string[];

  @Shown.flag()
  readonly active!: boolean;

  @Shown.instant()
  readonly registeredAt!: string;

  @Shown.text({ nullable: true, description: 'Null: it came by a file' })
  readonly registeredBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly retiredAt!: string | null;

  @Shown.flag({ description: 'Another agency has registered it as well; shown to the bank alone' })
  readonly elsewhere!: boolean;
}

export class AgencyDevicePage implements Page<AgencyDeviceView> {
  @Shown.list(() => AgencyDeviceView)
  readonly items!: readonly AgencyDeviceView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
