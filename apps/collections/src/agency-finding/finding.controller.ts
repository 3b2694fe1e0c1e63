import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import {
  AgencyCheckRequest,
  AgencyCheckView,
  AgencyFindingPage,
  AgencyFindingView,
  FindingListRequest,
  JudgementRequest,
} from './finding.dto.ts';
import { FindingService } from './finding.service.ts';

const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});
const findingId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('agency-finding')
@Controller('v1')
export class FindingController {
  constructor(@Inject(FindingService) private readonly findings: FindingService) {}

  @ApiOperation({
    operationId: 'listAgencyFindings',
    summary: 'What points at sub-contracting (CC22, CBA26), the newest first; agencies do not see it',
  })
  @ApiResponse({ status: 200, type: AgencyFindingPage, description: 'A page of findings' })
  @Roles('collections-manager', 'compliance', 'regulator')
  @Get('agency-findings')
  list(@CurrentPrincipal() principal: Principal, @Query() request: FindingListRequest): Promise<AgencyFindingPage> {
    return this.findings.list(principal, request);
  }

  @ApiOperation({ operationId: 'findAgencyFinding', summary: 'One finding with its evidence by day' })
  @ApiResponse({ status: 200, type: AgencyFindingView, description: 'The finding' })
  @findingId
  @Roles('collections-manager', 'compliance', 'regulator')
  @Get('agency-findings/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<AgencyFindingView> {
    return this.findings.find(principal, id);
  }

  @ApiOperation({ operationId: 'judgeAgencyFinding', summary: 'Say whether it is so, and why' })
  @ApiResponse({ status: 200, type: AgencyFindingView, description: 'The finding' })
  @idempotencyHeader
  @findingId
  @Roles('compliance')
  @HttpCode(200)
  @Post('agency-findings/:id/judgement')
  judge(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: JudgementRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyFindingView> {
    return this.findings.judge(principal, id, request, idempotency);
  }

  @ApiOperation({
    operationId: 'checkAgencies',
    summary: 'Look at a day now, as is done every night for the day before; what is known is not found again',
  })
  @ApiResponse({ status: 200, type: AgencyCheckView, description: 'What the day is evidence of' })
  @idempotencyHeader
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post('agency-checks')
  check(
    @CurrentPrincipal() principal: Principal,
    @Body() request: AgencyCheckRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyCheckView> {
    return this.findings.check(principal, request.day ?? null, idempotency);
  }
}
