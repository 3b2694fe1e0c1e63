import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { ThisCall } from '../aftercare/call.ts';
import { idempotent, uuidParam } from '../aftercare/routes.ts';
import { MajorView } from '../major/major.view.ts';
import { callOf, MAJOR_READERS, MARKERS, type Came } from '../major/routes.ts';
import {
  AlarmConfirmation,
  AlarmDismissal,
  AlarmListRequest,
  AlarmPage,
  AlarmView,
  ComplaintMajorView,
  RegionRequest,
} from './alarm.dto.ts';
import { AlarmService } from './alarm.service.ts';

@ApiTags('major')
@Roles(...MAJOR_READERS)
@Controller('v1')
export class AlarmController {
  constructor(@Inject(AlarmService) private readonly alarms: AlarmService) {}

  @ApiOperation({ operationId: 'listMajorAlarms', summary: 'Surges, and complaints that speak of a major matter; the newest first' })
  @ApiResponse({ status: 200, type: AlarmPage, description: 'A page of alarms' })
  @Get('major-alarms')
  list(@CurrentPrincipal() who: Principal, @Query() request: AlarmListRequest, @Req() http: FastifyRequest): Promise<AlarmPage> {
    return this.alarms.list(who, request, http.id);
  }

  @ApiOperation({ operationId: 'findMajorAlarm', summary: 'One alarm, with the days and the numbers that it was judged by' })
  @ApiResponse({ status: 200, type: AlarmView, description: 'The alarm' })
  @uuidParam()
  @Get('major-alarms/:id')
  find(@CurrentPrincipal() who: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<AlarmView> {
    return this.alarms.find(who, id, http.id);
  }

  @ApiOperation({
    operationId: 'confirmMajorAlarm',
    summary: 'Say that it is a major matter: its complaints belong to a new one, or to one that is open',
  })
  @ApiResponse({ status: 201, type: MajorView, description: 'The matter' })
  @idempotent
  @uuidParam()
  @Roles('complaint-supervisor', 'head-office-approver')
  @Post('major-alarms/:id/confirmation')
  confirm(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() request: AlarmConfirmation,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.alarms.confirm(callOf(who, came), id, request);
  }

  @ApiOperation({ operationId: 'dismissMajorAlarm', summary: 'Say that it is none, and why' })
  @ApiResponse({ status: 200, type: AlarmView, description: 'The alarm' })
  @idempotent
  @uuidParam()
  @Roles('complaint-supervisor', 'head-office-approver')
  @HttpCode(200)
  @Post('major-alarms/:id/dismissal')
  dismiss(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() { reason }: AlarmDismissal,
    @ThisCall() came: Came,
  ): Promise<AlarmView> {
    return this.alarms.dismiss(callOf(who, came), id, reason);
  }

  @ApiOperation({
    operationId: 'findComplaintMajor',
    summary: 'Whether a complaint is part of a major matter, what it was noticed by, and where it comes from',
  })
  @ApiResponse({ status: 200, type: ComplaintMajorView, description: 'What is known' })
  @uuidParam()
  @Get('complaints/:id/major')
  ofComplaint(@CurrentPrincipal() who: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<ComplaintMajorView> {
    return this.alarms.ofComplaint(who, id, http.id);
  }

  @ApiOperation({ operationId: 'putComplaintRegion', summary: 'Say which province a complaint comes from' })
  @ApiResponse({ status: 200, type: ComplaintMajorView, description: 'What is known' })
  @uuidParam()
  @Roles(...MARKERS)
  @Put('complaints/:id/region')
  noteRegion(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() { region }: RegionRequest,
    @ThisCall() came: Came,
  ): Promise<ComplaintMajorView> {
    return this.alarms.noteRegion(callOf(who, { ...came, idempotency: null }), id, region);
  }
}
