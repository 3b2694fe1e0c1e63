import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { DecisionService, type StepName } from './decision.service.ts';
import {
  AdmissionRequest,
  AgencyStepPage,
  AgencyStepView,
  DecisionRequest,
  ExitRequest,
  ReadinessView,
  StepReasonRequest,
} from './step.dto.ts';
import { StepService } from './step.service.ts';

const agencyParam = ApiParam({ name: 'agencyId', type: 'string' });
const stepParam = ApiParam({ name: 'stepId', schema: { type: 'string', format: 'uuid' } });
const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});
const shown = (status: 200 | 201) => ApiResponse({ status, type: AgencyStepView, description: 'What was proposed' });

@ApiTags('agency')
@Controller('v1/agencies/:agencyId')
export class StepController {
  constructor(
    @Inject(StepService) private readonly steps: StepService,
    @Inject(DecisionService) private readonly decisions: DecisionService,
  ) {}

  @ApiOperation({
    operationId: 'findAgencyReadiness',
    summary: 'What is missing before an agency can be admitted or activated, and what is proposed',
  })
  @ApiResponse({ status: 200, type: ReadinessView, description: 'What is missing' })
  @agencyParam
  @Roles('collections-manager', 'compliance', 'regulator', 'admin')
  @Get('readiness')
  ready(@CurrentPrincipal() principal: Principal, @Param('agencyId') agencyId: string): Promise<ReadinessView> {
    return this.steps.ready(principal, agencyId);
  }

  @ApiOperation({ operationId: 'listAgencySteps', summary: 'Admissions and exits that were proposed, the newest first' })
  @ApiResponse({ status: 200, type: AgencyStepPage, description: 'A page of proposals' })
  @agencyParam
  @Roles('collections-manager', 'compliance', 'regulator', 'admin')
  @Get('steps')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Query() request: PageRequest,
  ): Promise<AgencyStepPage> {
    return this.steps.list(principal, agencyId, request);
  }

  @ApiOperation({
    operationId: 'proposeAgencyAdmission',
    summary: 'Propose to admit an agency, with its declaration of no sub-contracting (CC22, CBA26)',
  })
  @shown(201)
  @idempotencyHeader
  @agencyParam
  @Roles('collections-manager', 'compliance')
  @Post('admissions')
  proposeAdmission(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: AdmissionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.steps.proposeAdmission(principal, agencyId, request, idempotency);
  }

  @ApiOperation({ operationId: 'proposeAgencyExit', summary: 'Propose that an agency leaves, and what becomes of its cases' })
  @shown(201)
  @idempotencyHeader
  @agencyParam
  @Roles('collections-manager', 'compliance')
  @Post('exits')
  proposeExit(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: ExitRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.steps.proposeExit(principal, agencyId, request, idempotency);
  }

  @ApiOperation({ operationId: 'approveAgencyStep', summary: 'Approve what somebody else has proposed: the agency is admitted, or leaves' })
  @shown(200)
  @idempotencyHeader
  @agencyParam
  @stepParam
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post('steps/:stepId/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param() name: StepName,
    @Body() request: DecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.decisions.approve(principal, name, request, idempotency);
  }

  @ApiOperation({ operationId: 'rejectAgencyStep', summary: 'Reject what somebody else has proposed' })
  @shown(200)
  @idempotencyHeader
  @agencyParam
  @stepParam
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post('steps/:stepId/rejection')
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param() name: StepName,
    @Body() request: StepReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.decisions.reject(principal, name, request, idempotency);
  }

  @ApiOperation({ operationId: 'withdrawAgencyStep', summary: 'Withdraw what one has proposed oneself' })
  @shown(200)
  @idempotencyHeader
  @agencyParam
  @stepParam
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post('steps/:stepId/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param() name: StepName,
    @Body() request: StepReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyStepView> {
    return this.decisions.withdraw(principal, name, request, idempotency);
  }

  @ApiOperation({
    operationId: 'activateAgency',
    summary: 'Let an admitted agency go to work: contract in force, licence valid, a fit collector; then it is published',
  })
  @ApiResponse({ status: 200, type: ReadinessView, description: 'How it stands' })
  @idempotencyHeader
  @agencyParam
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post('activation')
  activate(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: StepReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ReadinessView> {
    return this.decisions.activate(principal, agencyId, request, idempotency);
  }
}
