import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { ReportedAttempt, ReportedOutcomeRequest } from './outcome.dto.ts';
import { OutcomeReportService } from './report.service.ts';

@ApiTags('contact')
@languageHeader
@Controller('v1')
export class OutcomeController {
  constructor(@Inject(OutcomeReportService) private readonly reports: OutcomeReportService) {}

  @ApiOperation({
    operationId: 'recordOutcome',
    summary:
      'Say what came of a permitted contact, and what the trade wants to know of it; signs of danger or need stop collection at once',
  })
  @ApiResponse({ status: 201, type: ReportedAttempt, description: 'The decision and its outcome' })
  @ApiParam({ name: 'id', description: 'The id that asking answered', schema: { type: 'string', format: 'uuid' } })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration')
  @Post('contact-attempts/:id/outcome')
  record(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReportedOutcomeRequest,
    @Lang() language: Language,
  ): Promise<ReportedAttempt> {
    return this.reports.record(principal, id, request, language);
  }
}
