import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res, StreamableFile, type Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, Roles, type Principal, type Role } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { validationPipe } from '#problem';
import type { Page } from '#wire';
import { isKnown } from './download.ts';
import { ReportFilter, reportRequest, type ReportAnswer, type ReportRequest, type ReportViews } from './report.dto.ts';
import { ReportService } from './report.service.ts';

/** Nobody is no answer. */
export type Allowed = readonly [Role, ...Role[]];

export interface ReportRoles {
  readonly reads: Allowed;
  readonly makes: Allowed;
}

const reportId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

/** The routes of a service: its kinds of report, its roles. */
export function reportController(kinds: readonly string[], { reads, makes }: ReportRoles, { view, page }: ReportViews): Type {
  const CreateReportRequest = reportRequest(kinds);
  // A class that is made here is no type that a parameter could name, so the body is checked by a pipe that knows it.
  const body = validationPipe({ expectedType: CreateReportRequest });

  @ApiTags('report')
  @Controller('v1/reports')
  class ReportController {
    constructor(@Inject(ReportService) private readonly reports: ReportService) {}

    @ApiOperation({ operationId: 'createReport', summary: 'Have a report made as a job: figures, each with the rows that it counts' })
    @ApiResponse({ status: 202, type: view, description: 'The report, queued' })
    @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
    @ApiBody({ type: CreateReportRequest })
    @Roles(...makes)
    @HttpCode(202)
    @Post()
    create(
      @CurrentPrincipal() principal: Principal,
      @Body(body) request: ReportRequest,
      @Idempotency() idempotency: IdempotentRequest | null,
    ): Promise<ReportAnswer> {
      return this.reports.create(principal, request, idempotency);
    }

    @ApiOperation({ operationId: 'listReports', summary: 'The reports of the institution, the newest first' })
    @ApiResponse({ status: 200, type: page, description: 'A page of reports' })
    @Roles(...reads)
    @Get()
    list(@CurrentPrincipal() principal: Principal, @Query() filter: ReportFilter): Promise<Page<ReportAnswer>> {
      return this.reports.list(principal, filter);
    }

    @ApiOperation({ operationId: 'findReport', summary: 'Progress of a report and, once done, its files' })
    @ApiResponse({ status: 200, type: view, description: 'The report' })
    @reportId
    @Roles(...reads)
    @Get(':id')
    find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ReportAnswer> {
      return this.reports.find(principal, id);
    }

    @ApiOperation({ operationId: 'downloadReportFile', summary: 'A file of a report; its ETag is its SHA-256' })
    @ApiProduces('application/octet-stream')
    @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The file, with a name of its own' })
    @ApiHeader({ name: 'If-None-Match', required: false, description: 'With the ETag of the file as it is, the answer is 304' })
    @reportId
    @ApiParam({ name: 'name', schema: { type: 'string' }, description: 'As in `files` of the report' })
    @Roles(...reads)
    @Get(':id/files/:name')
    async download(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Param('name') name: string,
      @Headers('if-none-match') known: string | undefined,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<StreamableFile | undefined> {
      const file = await this.reports.file(principal, id, name);
      void reply.headers({ etag: file.etag, 'repr-digest': file.digest });
      if (isKnown(known, file.etag)) {
        void reply.status(304);
        return undefined;
      }
      return new StreamableFile(Readable.from(file.open()), { type: file.type, disposition: file.disposition, length: file.bytes });
    }
  }

  return ReportController;
}
