import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { READERS } from '../complaint/readers.ts';
import {
  CalendarApprovalRequest,
  CalendarDaysRequest,
  CalendarDraftRequest,
  CalendarList,
  CalendarMovePage,
  CalendarPreview,
  CalendarReturnRequest,
  CalendarVersionView,
  CalendarYearView,
} from './calendar.dto.ts';
import { CalendarReading } from './calendar.reading.ts';
import { CalendarService } from './calendar.service.ts';

const versionId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const keyHeader = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });

@ApiTags('calendar')
@Roles(...READERS)
@Controller('v1')
export class CalendarController {
  constructor(
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(CalendarReading) private readonly reading: CalendarReading,
  ) {}

  @ApiOperation({ operationId: 'listCalendars', summary: 'The calendars of working days that there are, and their years' })
  @ApiResponse({ status: 200, type: CalendarList, description: 'The calendars' })
  @Get('calendars')
  list(@CurrentPrincipal() principal: Principal): Promise<CalendarList> {
    return this.reading.list(principal);
  }

  @ApiOperation({ operationId: 'findCalendarYear', summary: 'One year as it holds, and what was drafted and published of it' })
  @ApiResponse({ status: 200, type: CalendarYearView, description: 'The year' })
  @ApiParam({ name: 'country', schema: { type: 'string' } })
  @ApiParam({ name: 'year', schema: { type: 'integer' } })
  @Get('calendars/:country/:year')
  year(
    @CurrentPrincipal() principal: Principal,
    @Param('country') country: string,
    @Param('year') year: string,
  ): Promise<CalendarYearView> {
    return this.reading.year(principal, country, year);
  }

  @ApiOperation({ operationId: 'draftCalendar', summary: 'Draft a year, or a correction of one' })
  @ApiResponse({ status: 201, type: CalendarVersionView, description: 'The draft' })
  @keyHeader
  @Roles('complaint-supervisor', 'compliance')
  @Post('calendar-versions')
  draft(
    @CurrentPrincipal() principal: Principal,
    @Body() request: CalendarDraftRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CalendarVersionView> {
    return this.calendars.draft(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'findCalendarVersion', summary: 'One version, and how far the job of its publication is' })
  @ApiResponse({ status: 200, type: CalendarVersionView, description: 'The version' })
  @versionId
  @Get('calendar-versions/:id')
  version(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<CalendarVersionView> {
    return this.reading.version(principal, id);
  }

  @ApiOperation({ operationId: 'changeCalendar', summary: 'Change a draft' })
  @ApiResponse({ status: 200, type: CalendarVersionView, description: 'The draft' })
  @keyHeader
  @versionId
  @Roles('complaint-supervisor', 'compliance')
  @Put('calendar-versions/:id')
  change(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: CalendarDaysRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CalendarVersionView> {
    return this.calendars.change(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'previewCalendar', summary: 'What publishing it would do to open clocks; writes nothing' })
  @ApiResponse({ status: 200, type: CalendarPreview, description: 'How many become due earlier or later, and which' })
  @versionId
  @Roles('complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
  @Get('calendar-versions/:id/preview')
  preview(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<CalendarPreview> {
    return this.reading.preview(principal, id);
  }

  @ApiOperation({ operationId: 'listCalendarMoves', summary: 'The complaints that its publication moved' })
  @ApiResponse({ status: 200, type: CalendarMovePage, description: 'A page' })
  @versionId
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
  @Get('calendar-versions/:id/moves')
  moves(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Query() request: PageRequest): Promise<CalendarMovePage> {
    return this.reading.moves(principal, id, request);
  }

  @ApiOperation({ operationId: 'proposeCalendar', summary: 'Ask head office to publish a draft' })
  @ApiResponse({ status: 200, type: CalendarVersionView, description: 'The version' })
  @keyHeader
  @versionId
  @Roles('complaint-supervisor', 'compliance')
  @HttpCode(200)
  @Post('calendar-versions/:id/proposal')
  propose(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CalendarVersionView> {
    return this.calendars.propose(principal, id, idempotency);
  }

  @ApiOperation({
    operationId: 'approveCalendar',
    summary: 'Publish what others have drafted; the clocks that rest on it are moved by one job',
  })
  @ApiResponse({ status: 200, type: CalendarVersionView, description: 'The version' })
  @keyHeader
  @versionId
  @Roles('head-office-approver')
  @HttpCode(200)
  @Post('calendar-versions/:id/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { revision }: CalendarApprovalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CalendarVersionView> {
    return this.calendars.approve(principal, id, revision, idempotency);
  }

  @ApiOperation({ operationId: 'returnCalendar', summary: 'Give a proposed version back, or take back one’s own, to be a draft again' })
  @ApiResponse({ status: 200, type: CalendarVersionView, description: 'The version' })
  @keyHeader
  @versionId
  @Roles('complaint-supervisor', 'compliance', 'head-office-approver')
  @HttpCode(200)
  @Post('calendar-versions/:id/return')
  giveBack(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: CalendarReturnRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CalendarVersionView> {
    return this.calendars.giveBack(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'cancelCalendar', summary: 'Give a draft up' })
  @ApiResponse({ status: 200, type: CalendarVersionView, description: 'The version' })
  @keyHeader
  @versionId
  @Roles('complaint-supervisor', 'compliance')
  @HttpCode(200)
  @Post('calendar-versions/:id/cancellation')
  cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CalendarVersionView> {
    return this.calendars.cancel(principal, id, idempotency);
  }
}
