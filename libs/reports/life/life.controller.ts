import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import type { Allowed } from '../report.controller.ts';
import { FigureRowsView, type ReportAnswer, type ReportViews } from '../report.dto.ts';
import { ReportService } from '../report.service.ts';
import { CorrectReportRequest } from './life.dto.ts';
import { LifeService } from './life.service.ts';

const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const key = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });

export interface LifeRoles {
  readonly reads: Allowed;
  readonly makes: Allowed;
  readonly signs: Allowed;
}

/** What becomes of a report once it was asked for: the routes of a service. */
export function lifeController({ view, versions }: ReportViews, { reads, makes, signs }: LifeRoles): Type {
  @ApiTags('report')
  @Controller('v1/reports')
  class ReportLifeController {
    constructor(
      @Inject(LifeService) private readonly life: LifeService,
      @Inject(ReportService) private readonly reports: ReportService,
    ) {}

    @ApiOperation({ operationId: 'cancelReport', summary: 'Stop the making of a report, or drop a draft' })
    @ApiResponse({ status: 200, type: view, description: 'The report, cancelled' })
    @idParam
    @Roles(...makes)
    @HttpCode(200)
    @Post(':id/cancellation')
    cancel(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ReportAnswer> {
      return this.life.cancel(principal, id);
    }

    @ApiOperation({
      operationId: 'signReport',
      summary: 'Sign a report off, by another than who asked for it; it never changes again, and is delivered',
    })
    @ApiResponse({ status: 201, type: view, description: 'The report, signed' })
    @idParam
    @key
    @Roles(...signs)
    @Post(':id/sign-off')
    signOff(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Idempotency() idempotency: IdempotentRequest | null,
    ): Promise<ReportAnswer> {
      return this.life.signOff(principal, id, idempotency);
    }

    @ApiOperation({
      operationId: 'correctReport',
      summary: 'Have a new version made of a signed report; it says what it changes, and takes its place when it is signed',
    })
    @ApiResponse({ status: 202, type: view, description: 'The new version, queued' })
    @idParam
    @key
    @Roles(...makes)
    @HttpCode(202)
    @Post(':id/corrections')
    correct(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Body() request: CorrectReportRequest,
      @Idempotency() idempotency: IdempotentRequest | null,
    ): Promise<ReportAnswer> {
      return this.life.correct(principal, id, request, idempotency);
    }

    @ApiOperation({ operationId: 'listReportVersions', summary: 'All versions of a report, the first one first' })
    @ApiResponse({ status: 200, type: versions, description: 'The versions' })
    @idParam
    @Roles(...reads)
    @Get(':id/versions')
    versions(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<{ items: ReportAnswer[] }> {
      return this.reports.versions(principal, id);
    }

    @ApiOperation({ operationId: 'listFigureRows', summary: 'The rows that a figure of a report counts, from what the report pinned' })
    @ApiResponse({ status: 200, type: FigureRowsView, description: 'A page of rows' })
    @idParam
    @ApiParam({ name: 'figure', schema: { type: 'string' }, description: 'Id of a figure, or of a cell of a table as `table.row.column`' })
    @Roles(...reads)
    @Get(':id/figures/:figure/rows')
    rows(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Param('figure') figure: string,
      @Query() page: PageRequest,
    ): Promise<FigureRowsView> {
      return this.reports.rows(principal, id, figure, page);
    }
  }

  return ReportLifeController;
}
