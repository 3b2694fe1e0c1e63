import { Flag, LocalDate, Nested, NestedList, Text, Texts } from '#wire';

export class PeriodDto {
  @LocalDate({ nullable: true })
  from?: string | null;

  @LocalDate({ nullable: true })
  to?: string | null;
}

export class CollectorFactDto {
  @Text()
  id!: string;

  @LocalDate({ nullable: true })
  certificateUntil?: string | null;
}

export class AgencyFactDto {
  @Text({ nullable: true })
  agencyId?: string | null;

  @Text({ nullable: true })
  status?: string | null;

  @Flag({ nullable: true })
  published?: boolean | null;

  @Flag({ nullable: true })
  entrusted?: boolean | null;

  @Nested(() => PeriodDto, { nullable: true })
  contract?: PeriodDto | null;

  @LocalDate({ nullable: true })
  lastEvaluatedOn?: string | null;

  @NestedList(() => CollectorFactDto, { nullable: true })
  collectors?: CollectorFactDto[] | null;

  @Texts({ nullable: true, maxItems: 10_000 })
  devices?: string[] | null;
}
