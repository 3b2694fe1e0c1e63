import { LocalDate, PageRequest, Shown, Text, type Page } from '#wire';

export class ReadFilter extends PageRequest {
  @Text({ optional: true, description: 'Whose: the `sub` of a token' })
  subject?: string;

  @LocalDate({ optional: true, description: 'From this day on, Asia/Shanghai' })
  from?: string;

  @LocalDate({ optional: true, description: 'To this day' })
  to?: string;

  @Text({ optional: true, description: 'The id of what was looked at, as in the path' })
  resource?: string;

  @Text({ optional: true, description: 'Such as `/v1/reports/:id`' })
  route?: string;
}

export class RegulatorReadView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'Who looked' })
  readonly subject!: string;

  @Shown.text({ nullable: true, description: 'With which program' })
  readonly clientId!: string | null;

  @Shown.text()
  readonly method!: string;

  @Shown.text({ description: 'What kind of thing was asked for' })
  readonly route!: string;

  @Shown.text({ description: 'Which one; `*`: something that is not here; empty: the route is about no single one' })
  readonly resource!: string;

  @Shown.text({ description: 'The parameters; `*` stands for values that may be personal' })
  readonly query!: string;

  @Shown.whole({ description: 'The HTTP status of the answer' })
  readonly status!: number;

  @Shown.whole({ description: 'How many times within the minute' })
  readonly times!: number;

  @Shown.instant()
  readonly firstAt!: string;

  @Shown.instant()
  readonly lastAt!: string;
}

export class RegulatorReadPage implements Page<RegulatorReadView> {
  @Shown.list(() => RegulatorReadView)
  readonly items!: readonly RegulatorReadView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class MandateView {
  @Shown.text({ description: 'The institution that this request is about' })
  readonly institution!: string;

  @Shown.texts({ description: 'All that the header `Forbear-Institution` may name, the own one first' })
  readonly institutions!: readonly string[];
}
