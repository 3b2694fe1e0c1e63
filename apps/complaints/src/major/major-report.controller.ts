import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import { MajorReportRequest, MajorSent, MajorWord } from './major.dto.ts';
import { MajorView } from './major.view.ts';
import { MajorReportService } from './major-report.service.ts';
import { MajorSettingsRequest, MajorSettingsView, MajorSettingsWord } from './major-settings.dto.ts';
import { MajorSettingsService } from './major-settings.service.ts';
import { ThisCall } from '../aftercare/call.ts';
import { idempotent, uuidParam } from '../aftercare/routes.ts';
import { callOf, MAJOR_READERS, type Came } from './routes.ts';

const asView = ApiResponse({ status: 200, type: MajorView, description: 'The matter as it is now' });
const asSettings = ApiResponse({ status: 200, type: MajorSettingsView, description: 'What is in force, and what waits' });

@ApiTags('major')
@Roles(...MAJOR_READERS)
@Controller('v1')
export class MajorReportController {
  constructor(
    @Inject(MajorReportService) private readonly reports: MajorReportService,
    @Inject(MajorSettingsService) private readonly settings: MajorSettingsService,
  ) {}

  @ApiOperation({
    operationId: 'draftMajorReport',
    summary: 'Draft a report to the regulator from what is known; takes the place of an earlier draft',
  })
  @asView
  @idempotent
  @uuidParam()
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post('major-complaints/:id/reports')
  draft(
    @CurrentPrincipal() who: Principal,
    @Param('id') id: string,
    @Body() request: MajorReportRequest,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.reports.draft(callOf(who, came), id, request);
  }

  @ApiOperation({ operationId: 'submitMajorReport', summary: 'Ask a second person to approve a report' })
  @asView
  @idempotent
  @uuidParam()
  @uuidParam('reportId')
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post('major-complaints/:id/reports/:reportId/submission')
  submit(
    @CurrentPrincipal() who: Principal,
    @Param() { id, reportId }: Record<'id' | 'reportId', string>,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.reports.submit(callOf(who, came), id, reportId);
  }

  @ApiOperation({ operationId: 'settleMajorReport', summary: 'The second person’s word on a report; approved, it is printed' })
  @asView
  @idempotent
  @uuidParam()
  @uuidParam('reportId')
  @Roles('head-office-approver')
  @HttpCode(200)
  @Post('major-complaints/:id/reports/:reportId/decision')
  settle(
    @CurrentPrincipal() who: Principal,
    @Param() { id, reportId }: Record<'id' | 'reportId', string>,
    @Body() request: MajorWord,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.reports.settle(callOf(who, came), id, reportId, request);
  }

  @ApiOperation({ operationId: 'noteMajorReportSent', summary: 'Put a report down as sent, with what proves it; that of a drill never is' })
  @asView
  @idempotent
  @uuidParam()
  @uuidParam('reportId')
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @HttpCode(200)
  @Post('major-complaints/:id/reports/:reportId/sending')
  sent(
    @CurrentPrincipal() who: Principal,
    @Param() { id, reportId }: Record<'id' | 'reportId', string>,
    @Body() request: MajorSent,
    @ThisCall() came: Came,
  ): Promise<MajorView> {
    return this.reports.sent(callOf(who, came), id, reportId, request);
  }

  @ApiOperation({ operationId: 'downloadMajorReport', summary: 'The PDF, as printed or as a draft; reading it is recorded' })
  @ApiProduces('application/pdf')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The file; its ETag is its SHA-256' })
  @uuidParam()
  @uuidParam('reportId')
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Get('major-complaints/:id/reports/:reportId/file')
  async download(
    @CurrentPrincipal() who: Principal,
    @Param() { id, reportId }: Record<'id' | 'reportId', string>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { fileName, sha256, bytes } = await this.reports.file(who, id, reportId, http.id);
    void reply.headers({ etag: `"${sha256}"`, 'x-content-type-options': 'nosniff' });
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: attachment(fileName), length: bytes.length });
  }

  @ApiOperation({ operationId: 'findMajorSettings', summary: 'The emergency plan, the hours to report within, and the measure of a surge' })
  @asSettings
  @Get('major-settings')
  findSettings(@CurrentPrincipal() who: Principal): Promise<MajorSettingsView> {
    return this.settings.find(who);
  }

  @ApiOperation({ operationId: 'putMajorSettings', summary: 'Set the next version; in force when a second person agrees' })
  @asSettings
  @Roles('complaint-supervisor', 'compliance')
  @Put('major-settings')
  setSettings(@CurrentPrincipal() who: Principal, @Body() request: MajorSettingsRequest): Promise<MajorSettingsView> {
    return this.settings.set(who, request);
  }

  @ApiOperation({ operationId: 'settleMajorSettings', summary: 'The second person’s word on a version; whoever set it may take it back' })
  @asSettings
  @idempotent
  @Roles('complaint-supervisor', 'compliance', 'head-office-approver')
  @HttpCode(200)
  @Post('major-settings/decision')
  settleSettings(
    @CurrentPrincipal() who: Principal,
    @Body() { agrees }: MajorSettingsWord,
    @ThisCall() { idempotency }: Came,
  ): Promise<MajorSettingsView> {
    return this.settings.settle(who, agrees, idempotency);
  }
}
