import { Text } from '#wire';

export class CorrectReportRequest {
  @Text({ max: 2000, description: 'Why; stands in the new version. No names' })
  readonly reason!: string;
}
