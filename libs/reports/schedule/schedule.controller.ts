import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query, type Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { validationPipe } from '#problem';
import { PageRequest, type Page } from '#wire';
import type { Allowed } from '../report.controller.ts';
import {
  ChangeReportScheduleRequest,
  ReportSchedulePage,
  ReportScheduleView,
  ResumeReportScheduleRequest,
  scheduleRequest,
  type ScheduleRequest,
} from './schedule.dto.ts';
import { ScheduleService } from './schedule.service.ts';

const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const answer = (description: string, status = 200): MethodDecorator => ApiResponse({ status, type: ReportScheduleView, description });

/** When reports are made by themselves: the routes of a service. */
export function scheduleController(kinds: readonly string[], { reads, keeps }: { readonly reads: Allowed; readonly keeps: Allowed }): Type {
  const CreateReportScheduleRequest = scheduleRequest(kinds);
  const body = validationPipe({ expectedType: CreateReportScheduleRequest });

  @ApiTags('report')
  @Controller('v1/report-schedules')
  class ReportScheduleController {
    constructor(@Inject(ScheduleService) private readonly schedules: ScheduleService) {}

    @ApiOperation({
      operationId: 'createReportSchedule',
      summary: 'Have a report made of every month, quarter or year, as a draft to be signed',
    })
    @answer('The schedule; its first period is that in which it is made', 201)
    @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
    @ApiBody({ type: CreateReportScheduleRequest })
    @Roles(...keeps)
    @Post()
    create(
      @CurrentPrincipal() principal: Principal,
      @Body(body) request: ScheduleRequest,
      @Idempotency() idempotency: IdempotentRequest | null,
    ): Promise<ReportScheduleView> {
      return this.schedules.create(principal, request, idempotency);
    }

    @ApiOperation({ operationId: 'listReportSchedules', summary: 'The schedules of the institution, the newest first' })
    @ApiResponse({ status: 200, type: ReportSchedulePage, description: 'A page of schedules' })
    @Roles(...reads)
    @Get()
    list(@CurrentPrincipal() principal: Principal, @Query() page: PageRequest): Promise<Page<ReportScheduleView>> {
      return this.schedules.list(principal, page);
    }

    @ApiOperation({ operationId: 'findReportSchedule', summary: 'A schedule, and what it makes next' })
    @answer('The schedule')
    @idParam
    @Roles(...reads)
    @Get(':id')
    find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ReportScheduleView> {
      return this.schedules.find(principal, id);
    }

    @ApiOperation({ operationId: 'changeReportSchedule', summary: 'Change what is made and when; fields that are left out stay' })
    @answer('The schedule')
    @idParam
    @Roles(...keeps)
    @Patch(':id')
    change(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Body() request: ChangeReportScheduleRequest,
    ): Promise<ReportScheduleView> {
      return this.schedules.change(principal, id, request);
    }

    @ApiOperation({ operationId: 'pauseReportSchedule', summary: 'Have nothing made until it is resumed' })
    @answer('The schedule')
    @idParam
    @Roles(...keeps)
    @HttpCode(200)
    @Post(':id/pause')
    pause(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ReportScheduleView> {
      return this.schedules.pause(principal, id);
    }

    @ApiOperation({ operationId: 'resumeReportSchedule', summary: 'Go on, with or without the periods that ended meanwhile' })
    @answer('The schedule')
    @idParam
    @Roles(...keeps)
    @HttpCode(200)
    @Post(':id/resumption')
    resume(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Body() request: ResumeReportScheduleRequest,
    ): Promise<ReportScheduleView> {
      return this.schedules.resume(principal, id, request);
    }

    @ApiOperation({ operationId: 'endReportSchedule', summary: 'End a schedule; what it made stays' })
    @answer('The schedule as it was')
    @idParam
    @Roles(...keeps)
    @Delete(':id')
    end(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ReportScheduleView> {
      return this.schedules.end(principal, id);
    }
  }

  return ReportScheduleController;
}
