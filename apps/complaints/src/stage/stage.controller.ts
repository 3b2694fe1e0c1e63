import { Body, Controller, Get, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import { StageLimitService, StagePunctualityService } from './stage-limit.service.ts';
import {
  StageLimitsHistory,
  StageLimitsRequest,
  StageMoveRequest,
  StagePunctualityRequest,
  StagePunctualityView,
  StageTrack,
} from './stage.dto.ts';
import { StageService } from './stage.service.ts';

const complaintId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('stage')
@Roles(...READERS)
@Controller('v1')
export class StageController {
  constructor(
    @Inject(StageService) private readonly stages: StageService,
    @Inject(StageLimitService) private readonly limits: StageLimitService,
    @Inject(StagePunctualityService) private readonly punctuality: StagePunctualityService,
  ) {}

  @ApiOperation({ operationId: 'listStages', summary: 'The stages of a complaint: entered, due, done, by whom' })
  @ApiResponse({ status: 200, type: StageTrack, description: 'The stages' })
  @complaintId
  @Get('complaints/:id/stages')
  track(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<StageTrack> {
    return this.stages.track(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'moveStage', summary: 'End the stage that a complaint is at, and enter the next, another or none' })
  @ApiResponse({ status: 201, type: StageTrack, description: 'The stages' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @complaintId
  @Roles('complaint-handler', 'complaint-supervisor')
  @Post('complaints/:id/stage-moves')
  move(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: StageMoveRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<StageTrack> {
    return this.stages.move(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'listStageLimits', summary: 'How long each stage may take, by area and severity, with all versions' })
  @ApiResponse({ status: 200, type: StageLimitsHistory, description: 'The limits' })
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
  @Get('stage-limits')
  listLimits(@CurrentPrincipal() principal: Principal): Promise<StageLimitsHistory> {
    return this.limits.find(principal);
  }

  @ApiOperation({ operationId: 'setStageLimits', summary: 'The next version; together the stages must fit into the term' })
  @ApiResponse({ status: 200, type: StageLimitsHistory, description: 'The limits' })
  @Roles('complaint-supervisor', 'admin')
  @Put('stage-limits')
  setLimits(@CurrentPrincipal() principal: Principal, @Body() request: StageLimitsRequest): Promise<StageLimitsHistory> {
    return this.limits.set(principal, request);
  }

  @ApiOperation({ operationId: 'readStagePunctuality', summary: 'Who is in time at the stages: in time, late, overdue, median hours' })
  @ApiResponse({ status: 200, type: StagePunctualityView, description: 'By person, unit or stage' })
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
  @Get('stage-punctuality')
  readPunctuality(@CurrentPrincipal() principal: Principal, @Query() request: StagePunctualityRequest): Promise<StagePunctualityView> {
    return this.punctuality.find(principal, request);
  }
}
