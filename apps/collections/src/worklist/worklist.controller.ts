import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { NextService } from './next.service.ts';
import { StrategyService } from './strategy.service.ts';
import {
  AssignmentRequest,
  AssignmentView,
  DayView,
  NextRequest,
  NextView,
  ReleaseRequest,
  ReleaseView,
  Strategies,
  StrategyRequest,
  StrategyView,
  WorklistRequest,
  WorkPage,
} from './worklist.dto.ts';
import { WorklistService } from './worklist.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const WORKS = ['agent', 'agency-supervisor', 'collections-manager', 'integration'] as const;
const LEADS = ['agency-supervisor', 'collections-manager'] as const;

@ApiTags('worklist')
@languageHeader
@Controller('v1')
export class WorklistController {
  constructor(
    @Inject(WorklistService) private readonly worklists: WorklistService,
    @Inject(NextService) private readonly nexts: NextService,
    @Inject(StrategyService) private readonly strategies: StrategyService,
  ) {}

  @ApiOperation({ operationId: 'listWorklist', summary: 'Cases in the order of a strategy, whether they may be contacted now or not' })
  @ApiResponse({ status: 200, type: WorkPage, description: 'A page of cases' })
  @Roles(...WORKS)
  @Get('worklist')
  list(@CurrentPrincipal() principal: Principal, @Query() request: WorklistRequest): Promise<WorkPage> {
    return this.worklists.list(principal, request);
  }

  @ApiOperation({ operationId: 'findMyDay', summary: 'What you have in hand, what you agreed for today, and what you did' })
  @ApiResponse({ status: 200, type: DayView, description: 'Your day' })
  @Roles(...WORKS)
  @Get('worklist/day')
  day(@CurrentPrincipal() principal: Principal): Promise<DayView> {
    return this.worklists.day(principal);
  }

  @ApiOperation({
    operationId: 'takeNextCase',
    summary: 'Take the next-best case that may be contacted now; nobody else gets it meanwhile. Says what was passed over, why, and when',
  })
  @ApiResponse({ status: 200, type: NextView, description: 'The case, or when there will be one' })
  @idempotent
  @Roles(...WORKS)
  @HttpCode(200)
  @Post('worklist/next')
  next(
    @CurrentPrincipal() principal: Principal,
    @Body() request: NextRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<NextView> {
    return this.nexts.next(principal, request, idempotency, language);
  }

  @ApiOperation({ operationId: 'putCaseBack', summary: 'Put a case back that you have in hand' })
  @ApiResponse({ status: 200, type: ReleaseView, description: 'The case' })
  @idempotent
  @Roles(...WORKS)
  @HttpCode(200)
  @Post('worklist/release')
  release(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ReleaseRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ReleaseView> {
    return this.worklists.release(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'assignCases', summary: 'Give cases to a collector, or back to the pool' })
  @ApiResponse({ status: 200, type: AssignmentView, description: 'Which were given' })
  @idempotent
  @Roles(...LEADS)
  @HttpCode(200)
  @Post('worklist/assignments')
  assign(
    @CurrentPrincipal() principal: Principal,
    @Body() request: AssignmentRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AssignmentView> {
    return this.worklists.assign(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listStrategies', summary: 'Ways to order the work: the newest version of each' })
  @ApiResponse({ status: 200, type: Strategies, description: 'The product’s own and the institution’s' })
  @Roles(...WORKS, 'compliance', 'admin')
  @Get('worklist-strategies')
  listStrategies(@CurrentPrincipal() principal: Principal): Promise<Strategies> {
    return this.strategies.list(principal);
  }

  @ApiOperation({ operationId: 'putStrategy', summary: 'Make a version of a strategy, in force at once' })
  @ApiResponse({ status: 201, type: StrategyView, description: 'The version' })
  @idempotent
  @Roles('collections-manager')
  @Post('worklist-strategies')
  put(
    @CurrentPrincipal() principal: Principal,
    @Body() request: StrategyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<StrategyView> {
    return this.strategies.put(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'retireStrategy', summary: 'Take a strategy out of use' })
  @ApiResponse({ status: 200, type: StrategyView, description: 'The strategy, out of use' })
  @idempotent
  @ApiParam({ name: 'strategyId', schema: { type: 'string' } })
  @Roles('collections-manager')
  @HttpCode(200)
  @Post('worklist-strategies/:strategyId/retirement')
  retire(
    @CurrentPrincipal() principal: Principal,
    @Param('strategyId') strategyId: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<StrategyView> {
    return this.strategies.retire(principal, strategyId, idempotency);
  }
}
