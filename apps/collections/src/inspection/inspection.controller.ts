import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { ChecklistList, ChecklistRequest, ChecklistView } from './checklist.dto.ts';
import { ChecklistService } from './checklist.service.ts';
import { CoverageService } from './coverage.service.ts';
import { InspectingService } from './inspecting.service.ts';
import {
  AnswersRequest,
  CancellationRequest,
  InspectionCompletionRequest,
  CoverageRequest,
  CoverageView,
  InspectionListRequest,
  InspectionPage,
  InspectionPlanRequest,
  InspectionRequest,
  InspectionView,
  ReschedulingRequest,
} from './inspection.dto.ts';
import { InspectionService } from './inspection.service.ts';

export const idempotent = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});
export const inspectionId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const WRITES = ['collections-manager', 'compliance'] as const;
const READS = [...WRITES, 'agency-supervisor', 'regulator', 'admin'] as const;
const BANK_READS = [...WRITES, 'regulator', 'admin'] as const;

@ApiTags('inspection')
@Controller('v1')
export class InspectionController {
  constructor(
    @Inject(InspectionService) private readonly inspections: InspectionService,
    @Inject(InspectingService) private readonly inspecting: InspectingService,
    @Inject(CoverageService) private readonly coverages: CoverageService,
    @Inject(ChecklistService) private readonly checklists: ChecklistService,
  ) {}

  @ApiOperation({ operationId: 'listInspectionChecklists', summary: 'What inspections ask, in versions' })
  @ApiResponse({ status: 200, type: ChecklistList, description: 'All versions of both kinds' })
  @Roles(...READS)
  @Get('inspection-checklists')
  listChecklists(@CurrentPrincipal() principal: Principal): Promise<ChecklistList> {
    return this.checklists.list(principal);
  }

  @ApiOperation({ operationId: 'createInspectionChecklist', summary: 'A new version of a checklist; inspections under way keep theirs' })
  @ApiResponse({ status: 201, type: ChecklistView, description: 'The version, in force' })
  @idempotent
  @Roles('compliance')
  @Post('inspection-checklists')
  addChecklist(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ChecklistRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ChecklistView> {
    return this.checklists.add(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'findInspectionCoverage', summary: 'How often each agency is inspected in a year, and what is missing' })
  @ApiResponse({ status: 200, type: CoverageView, description: 'Every agency that has not left' })
  @Roles(...BANK_READS)
  @Get('inspection-coverage')
  coverage(@CurrentPrincipal() principal: Principal, @Query() { year }: CoverageRequest): Promise<CoverageView> {
    return this.coverages.coverage(principal, year);
  }

  @ApiOperation({
    operationId: 'planInspectionYear',
    summary: 'Plan what every active agency misses in a year, spread over its working days',
  })
  @ApiResponse({ status: 201, type: CoverageView, description: 'How often each agency is inspected then' })
  @idempotent
  @Roles(...WRITES)
  @Post('inspection-plans')
  planYear(
    @CurrentPrincipal() principal: Principal,
    @Body() request: InspectionPlanRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CoverageView> {
    return this.coverages.planYear(principal, request, idempotency);
  }

  @ApiOperation({
    operationId: 'listInspections',
    summary: 'Inspections, the newest first; an agency finds its own alone, when they are done',
  })
  @ApiResponse({ status: 200, type: InspectionPage, description: 'A page of inspections' })
  @Roles(...READS)
  @Get('inspections')
  list(@CurrentPrincipal() principal: Principal, @Query() request: InspectionListRequest): Promise<InspectionPage> {
    return this.inspections.list(principal, request);
  }

  @ApiOperation({ operationId: 'createInspection', summary: 'Plan an inspection of an agency' })
  @ApiResponse({ status: 201, type: InspectionView, description: 'The inspection, planned' })
  @idempotent
  @Roles(...WRITES)
  @Post('inspections')
  plan(
    @CurrentPrincipal() principal: Principal,
    @Body() request: InspectionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<InspectionView> {
    return this.inspections.plan(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'findInspection', summary: 'One inspection with its items, answers, findings and evidence' })
  @ApiResponse({ status: 200, type: InspectionView, description: 'The inspection' })
  @inspectionId
  @Roles(...READS)
  @Get('inspections/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<InspectionView> {
    return this.inspections.find(principal, id);
  }

  @ApiOperation({ operationId: 'rescheduleInspection', summary: 'Another day or another inspector' })
  @ApiResponse({ status: 200, type: InspectionView, description: 'The inspection' })
  @idempotent
  @inspectionId
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('inspections/:id/rescheduling')
  reschedule(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReschedulingRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<InspectionView> {
    return this.inspections.reschedule(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'cancelInspection', summary: 'Cancel an inspection that has not begun' })
  @ApiResponse({ status: 200, type: InspectionView, description: 'The inspection' })
  @idempotent
  @inspectionId
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('inspections/:id/cancellation')
  cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: CancellationRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<InspectionView> {
    return this.inspections.cancel(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'beginInspection', summary: 'Begin: the checklist in force becomes that of the inspection' })
  @ApiResponse({ status: 200, type: InspectionView, description: 'The inspection, under way' })
  @idempotent
  @inspectionId
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('inspections/:id/beginning')
  begin(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<InspectionView> {
    return this.inspecting.begin(principal, id, idempotency);
  }

  @ApiOperation({ operationId: 'answerInspection', summary: 'Answer items of an inspection under way, again as often as needed' })
  @ApiResponse({ status: 200, type: InspectionView, description: 'The inspection' })
  @inspectionId
  @Roles(...WRITES)
  @Put('inspections/:id/answers')
  answer(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Body() request: AnswersRequest): Promise<InspectionView> {
    return this.inspecting.answer(principal, id, request);
  }

  @ApiOperation({ operationId: 'completeInspection', summary: 'End an inspection; the agency is told of its findings' })
  @ApiResponse({ status: 200, type: InspectionView, description: 'The inspection, done' })
  @idempotent
  @inspectionId
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('inspections/:id/completion')
  complete(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { summary }: InspectionCompletionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<InspectionView> {
    return this.inspecting.complete(principal, id, summary, idempotency);
  }
}
