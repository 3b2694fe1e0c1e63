import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { ConfirmationService } from './confirmation.service.ts';
import {
  EvaluationDecisionRequest,
  EvaluationListRequest,
  EvaluationPage,
  AgencyEvaluationRequest,
  EvaluationView,
  RecomputationView,
  RejectionRequest,
} from './evaluation.dto.ts';
import { EvaluationService } from './evaluation.service.ts';
import { ScorecardRanking, ScorecardRequest, ScorecardView } from './scorecard.dto.ts';
import { ScorecardService } from './scorecard.service.ts';
import { WeightsRequest, WeightsView } from './weights.dto.ts';
import { WeightsService } from './weights.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const givenId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const agencyParam = ApiParam({ name: 'agencyId', type: 'string', description: 'As given at import' });
const WRITES = ['collections-manager', 'compliance'] as const;
const DECIDES = ['collections-manager', 'compliance', 'head-office-approver'] as const;
const BANK_READS = [...DECIDES, 'regulator', 'admin'] as const;
const READS = [...BANK_READS, 'agency-supervisor'] as const;

@ApiTags('evaluation')
@Controller('v1')
export class EvaluationController {
  constructor(
    @Inject(EvaluationService) private readonly evaluations: EvaluationService,
    @Inject(ConfirmationService) private readonly confirmations: ConfirmationService,
    @Inject(ScorecardService) private readonly scorecards: ScorecardService,
    @Inject(WeightsService) private readonly weights: WeightsService,
  ) {}

  @ApiOperation({ operationId: 'findEvaluationWeights', summary: 'How the parts of a score weigh, and what is full and nothing of each' })
  @ApiResponse({ status: 200, type: WeightsView, description: 'The version in force' })
  @Roles(...READS)
  @Get('evaluation-weights')
  findWeights(@CurrentPrincipal() principal: Principal): Promise<WeightsView> {
    return this.weights.find(principal);
  }

  @ApiOperation({ operationId: 'setEvaluationWeights', summary: 'The next version; recoveries weigh last (CC22)' })
  @ApiResponse({ status: 200, type: WeightsView, description: 'The version in force' })
  @Roles('compliance')
  @Put('evaluation-weights')
  setWeights(@CurrentPrincipal() principal: Principal, @Body() request: WeightsRequest): Promise<WeightsView> {
    return this.weights.set(principal, request);
  }

  @ApiOperation({ operationId: 'createEvaluation', summary: 'Draft an evaluation from what the ledger says of a period' })
  @ApiResponse({ status: 201, type: EvaluationView, description: 'The draft, with every number that it was made of' })
  @idempotent
  @agencyParam
  @Roles(...WRITES)
  @Post('agencies/:agencyId/evaluations')
  draft(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: AgencyEvaluationRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<EvaluationView> {
    return this.evaluations.draft(principal, agencyId, request, idempotency);
  }

  @ApiOperation({
    operationId: 'listEvaluations',
    summary: 'The evaluations of an agency, the newest first; its own people see those that are confirmed',
  })
  @ApiResponse({ status: 200, type: EvaluationPage, description: 'A page of evaluations' })
  @agencyParam
  @Roles(...READS)
  @Get('agencies/:agencyId/evaluations')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Query() request: EvaluationListRequest,
  ): Promise<EvaluationPage> {
    return this.evaluations.list(principal, agencyId, request);
  }

  @ApiOperation({ operationId: 'findEvaluation', summary: 'One evaluation' })
  @ApiResponse({ status: 200, type: EvaluationView, description: 'The evaluation' })
  @givenId
  @Roles(...READS)
  @Get('agency-evaluations/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<EvaluationView> {
    return this.evaluations.find(principal, id);
  }

  @ApiOperation({
    operationId: 'recomputeEvaluation',
    summary: 'Compute it again: from what was recorded, and from what the ledger says today',
  })
  @ApiResponse({ status: 200, type: RecomputationView, description: 'Whether the bytes are the same, and what differs' })
  @givenId
  @Roles(...BANK_READS)
  @Get('agency-evaluations/:id/recomputation')
  recompute(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RecomputationView> {
    return this.evaluations.recompute(principal, id);
  }

  @ApiOperation({
    operationId: 'confirmEvaluation',
    summary: 'Confirm a draft, never your own: it is the agency’s last evaluation from then on',
  })
  @ApiResponse({ status: 200, type: EvaluationView, description: 'The evaluation' })
  @idempotent
  @givenId
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('agency-evaluations/:id/confirmation')
  confirm(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { note }: EvaluationDecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<EvaluationView> {
    return this.confirmations.confirm(principal, id, note ?? null, idempotency);
  }

  @ApiOperation({ operationId: 'rejectEvaluation', summary: 'Reject a draft, never your own' })
  @ApiResponse({ status: 200, type: EvaluationView, description: 'The evaluation' })
  @idempotent
  @givenId
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('agency-evaluations/:id/rejection')
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: RejectionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<EvaluationView> {
    return this.confirmations.reject(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'findScorecard', summary: 'How an agency does, as a whole and month by month; an agency sees its own' })
  @ApiResponse({ status: 200, type: ScorecardView, description: 'The scorecard' })
  @agencyParam
  @Roles(...READS)
  @Get('agencies/:agencyId/scorecard')
  scorecard(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Query() request: ScorecardRequest,
  ): Promise<ScorecardView> {
    return this.scorecards.scorecard(principal, agencyId, request);
  }

  @ApiOperation({ operationId: 'listScorecards', summary: 'All agencies by their score' })
  @ApiResponse({ status: 200, type: ScorecardRanking, description: 'The highest total first' })
  @Roles(...BANK_READS)
  @Get('agency-scorecards')
  ranking(@CurrentPrincipal() principal: Principal, @Query() request: ScorecardRequest): Promise<ScorecardRanking> {
    return this.scorecards.ranking(principal, request);
  }
}
