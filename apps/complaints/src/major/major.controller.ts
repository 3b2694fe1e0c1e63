import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import {
  DowngradeRequest,
  MajorComplaintsRequest,
  MajorFiguresRequest,
  MajorListRequest,
  MajorNote,
  MajorRequest,
  MajorStepOwner,
  MajorStepRequest,
  MajorStepWord,
  MajorWord,
  MarkAsMajorRequest,
} from './major.dto.ts';
import { MajorFigures, MajorPage, MajorView } from './major.view.ts';
import { MajorEndingService } from './major-ending.service.ts';
import { MajorPlanService } from './major-plan.service.ts';
import { MajorService } from './major.service.ts';
import { MajorSweepService } from './major-sweep.service.ts';
import { ThisCall } from '../aftercare/call.ts';
import { idempotent, uuidParam } from '../aftercare/routes.ts';
import { callOf, MAJOR_READERS, MARKERS, type Came } from './routes.ts';

const asView = ApiResponse({ status: 200, type: MajorView, description: 'The matter as it is now' });
const opened = ApiResponse({ status: 201, type: MajorView, description: 'The matter' });

@ApiTags('major')
@Roles(...MAJOR_READERS)
@Controller('v1')
export class MajorController {
  constructor(
    @Inject(MajorService) private readonly majors: MajorService,
    @Inject(MajorPlanService) private readonly plans: MajorPlanService,
    @Inject(MajorEndingService) private readonly endings: MajorEndingService,
    @Inject(MajorSweepService) private readonly sweeps: MajorSweepService,
  ) {}

  @ApiOperation({ operationId: 'listMajor', summary: 'Major complaints and drills, the newest first' })
  @ApiResponse({ status: 200, type: MajorPage, description: 'A page of them' })
  @Get('major-complaints')
  list(@CurrentPrincipal() who: Principal, @Query() request: MajorListRequest, @Req() http: FastifyRequest): Promise<MajorPage> {
    return this.majors.list(who, request, http.id);
  }

  @ApiOperation({ operationId: 'countMajor', summary: 'How many there were and how they were kept; drills apart' })
  @ApiResponse({ status: 200, type: MajorFigures, description: 'The figures' })
  @Get('major-figures')
  figures(@CurrentPrincipal() who: Principal, @Query() { from }: MajorFiguresRequest): Promise<MajorFigures> {
    return this.sweeps.figures(who, from);
  }

  @ApiOperation({ operationId: 'findMajor', summary: 'One matter: its plan, its reports, its complaints, what was done' })
  @asView
  @uuidParam()
  @Get('major-complaints/:id')
  find(@CurrentPrincipal() who: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<MajorView> {
    return this.majors.find(who, id, http.id);
  }

  @ApiOperation({ operationId: 'openMajor', summary: 'Open a major matter, or a drill: its plan and its hours run from when it was known' })
  @opened
  @idempotent
  @Roles(...MARKERS)
  @Post('major-complaints')
  open(@CurrentPrincipal() who: Principal, @Body() request: MajorRequest, @ThisCall() came: Came): Promise<MajorView> {
    return this.majors.open(callOf(who, came), request);
  }

  @ApiOperation({ operationId: 'markAsMajor', summary: 'Open a major matter for a complaint' })
  @opened
  @idempotent
  @uuidParam()
  @Roles(...MARKERS)
  @Post('complaints/:id/major')
  mark(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() request: MarkAsMajorRequest,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.majors.mark(callOf(who, came), id, request);
  }

  @ApiOperation({ operationId: 'addMajorComplaints', summary: 'Say that complaints belong to a matter' })
  @asView
  @idempotent
  @uuidParam()
  @Roles(...MARKERS)
  @HttpCode(200)
  @Post('major-complaints/:id/complaints')
  add(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() { complaintIds }: MajorComplaintsRequest,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.majors.add(callOf(who, came), id, complaintIds);
  }

  @ApiOperation({ operationId: 'addMajorStep', summary: 'One more step of the plan, for this matter' })
  @asView
  @idempotent
  @uuidParam()
  @Roles('complaint-supervisor', 'head-office-approver')
  @HttpCode(200)
  @Post('major-complaints/:id/steps')
  addStep(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() request: MajorStepRequest,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.plans.add(callOf(who, came), id, request);
  }

  @ApiOperation({ operationId: 'giveMajorStep', summary: 'Say whose a step is' })
  @asView
  @idempotent
  @uuidParam()
  @uuidParam('stepId')
  @Roles('complaint-supervisor', 'head-office-approver')
  @HttpCode(200)
  @Post('major-complaints/:id/steps/:stepId/owner')
  giveStep(
    @CurrentPrincipal() who: Principal,
    @Param() { id, stepId }: Record<'id' | 'stepId', string>,
    @Body() { owner }: MajorStepOwner,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.plans.give(callOf(who, came), id, stepId, owner);
  }

  @ApiOperation({ operationId: 'settleMajorStep', summary: 'Put a step down as done, with what shows it, or as skipped, with the reason' })
  @asView
  @idempotent
  @uuidParam()
  @uuidParam('stepId')
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'collections-manager', 'compliance')
  @HttpCode(200)
  @Post('major-complaints/:id/steps/:stepId/settlement')
  settleStep(
    @CurrentPrincipal() who: Principal,
    @Param() { id, stepId }: Record<'id' | 'stepId', string>,
    @Body() request: MajorStepWord,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.plans.settle(callOf(who, came), id, stepId, request);
  }

  @ApiOperation({ operationId: 'downgradeMajor', summary: 'Ask that a matter is no major one any more; a second person says so' })
  @asView
  @idempotent
  @uuidParam()
  @Roles('complaint-supervisor', 'head-office-approver')
  @HttpCode(200)
  @Post('major-complaints/:id/downgrade')
  downgrade(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() request: DowngradeRequest,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.endings.downgrade(callOf(who, came), id, request);
  }

  @ApiOperation({ operationId: 'settleMajorDowngrade', summary: 'The second person’s word on a downgrade' })
  @asView
  @idempotent
  @uuidParam()
  @Roles('head-office-approver')
  @HttpCode(200)
  @Post('major-complaints/:id/downgrade-decision')
  settleDowngrade(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() request: MajorWord,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.endings.settleDowngrade(callOf(who, came), id, request);
  }

  @ApiOperation({ operationId: 'closeMajor', summary: 'Close a matter whose plan is done and whose reports are sent' })
  @asView
  @idempotent
  @uuidParam()
  @Roles('complaint-supervisor', 'head-office-approver')
  @HttpCode(200)
  @Post('major-complaints/:id/closing')
  close(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() { note }: MajorNote,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.endings.close(callOf(who, came), id, note);
  }
}
