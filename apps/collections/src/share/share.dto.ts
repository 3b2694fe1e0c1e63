import { LocalDate, OneOf, Shown } from '#wire';

export class OutsourcedShareRequest {
  @LocalDate()
  from!: string;

  @LocalDate({ description: 'Included' })
  to!: string;

  @OneOf(['day', 'month'], { optional: true, description: 'day when left out' })
  step?: 'day' | 'month';
}

export class ShareAmountView {
  @Shown.text()
  readonly currency!: string;

  @Shown.text({ description: 'Of all open cases' })
  readonly open!: string;

  @Shown.text({ description: 'Of those with agencies' })
  readonly outside!: string;

  @Shown.number({ nullable: true, description: 'Per cent; null: nothing is open' })
  readonly share!: number | null;
}

export class ShareAgencyView {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly currency!: string;

  @Shown.whole()
  readonly cases!: number;

  @Shown.text()
  readonly amount!: string;
}

export class SharePointView {
  @Shown.localDate({ description: 'At the end of that local day; of today, now' })
  readonly on!: string;

  @Shown.whole({ description: 'Open cases' })
  readonly open!: number;

  @Shown.whole({ description: 'Open cases with agencies' })
  readonly outside!: number;

  @Shown.number({ nullable: true, description: 'Per cent; null: nothing is open' })
  readonly share!: number | null;

  @Shown.list(() => ShareAmountView)
  readonly amounts!: readonly ShareAmountView[];

  @Shown.list(() => ShareAgencyView)
  readonly agencies!: readonly ShareAgencyView[];
}

export class OutsourcedShareView {
  @Shown.instant({ nullable: true, description: 'Since when it is known; null: nothing is known yet' })
  readonly knownSince!: string | null;

  @Shown.list(() => SharePointView, { description: 'In order of time; days before it is known are left out' })
  readonly points!: readonly SharePointView[];
}
