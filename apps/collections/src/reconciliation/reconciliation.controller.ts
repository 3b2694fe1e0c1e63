import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { ReconciliationPage, ReconciliationView } from './reconciliation.dto.ts';
import { ReconciliationService } from './reconciliation.service.ts';
import { SourceChange, SourcePage, SourceRequest, SourceView } from './source.dto.ts';
import { SourceService } from './source.service.ts';

const WRITERS = ['collections-manager', 'agency-supervisor', 'compliance', 'integration', 'admin'] as const;
const READERS = [...WRITERS, 'regulator'] as const;
const sourceId = ApiParam({ name: 'id', type: 'string', description: 'The id, or the name' });
const reconciliationId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and content, same answer; kept 7 days',
});

@ApiTags('reconciliation')
@languageHeader
@Controller('v1')
export class ReconciliationController {
  constructor(
    @Inject(SourceService) private readonly sources: SourceService,
    @Inject(ReconciliationService) private readonly reconciliations: ReconciliationService,
  ) {}

  @ApiOperation({ operationId: 'createCallRecordSource', summary: 'Say how the call records of a dialer or carrier are read' })
  @ApiResponse({ status: 201, type: SourceView, description: 'The source' })
  @idempotencyHeader
  @Roles(...WRITERS)
  @Post('call-record-sources')
  createSource(
    @CurrentPrincipal() principal: Principal,
    @Body() request: SourceRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SourceView> {
    return this.sources.create(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listCallRecordSources', summary: 'The sources of call records' })
  @ApiResponse({ status: 200, type: SourcePage, description: 'Sources, the oldest first' })
  @Roles(...READERS)
  @Get('call-record-sources')
  listSources(@CurrentPrincipal() principal: Principal, @Query() page: PageRequest): Promise<SourcePage> {
    return this.sources.list(principal, page);
  }

  @ApiOperation({ operationId: 'findCallRecordSource', summary: 'One source of call records' })
  @ApiResponse({ status: 200, type: SourceView, description: 'The source' })
  @sourceId
  @Roles(...READERS)
  @Get('call-record-sources/:id')
  findSource(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SourceView> {
    return this.sources.show(principal, id);
  }

  @ApiOperation({ operationId: 'changeCallRecordSource', summary: 'Change how later files are read; past reconciliations keep theirs' })
  @ApiResponse({ status: 200, type: SourceView, description: 'The source' })
  @sourceId
  @Roles(...WRITERS)
  @Put('call-record-sources/:id')
  changeSource(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Body() request: SourceChange): Promise<SourceView> {
    return this.sources.change(principal, id, request);
  }

  @ApiOperation({ operationId: 'createReconciliation', summary: 'Hold call records against the permits, as a job' })
  @ApiResponse({ status: 202, type: ReconciliationView, description: 'The reconciliation, queued' })
  @idempotencyHeader
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['source', 'file'],
      properties: {
        source: { type: 'string', description: 'Name or id of a source of call records; send it before the file' },
        file: { type: 'string', format: 'binary', description: 'CSV or XLSX' },
      },
    },
  })
  @Roles(...WRITERS)
  @HttpCode(202)
  @Post('reconciliations')
  create(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<ReconciliationView> {
    return this.reconciliations.create(principal, request, idempotency?.key ?? null, language);
  }

  @ApiOperation({ operationId: 'listReconciliations', summary: 'Reconciliations, the newest first' })
  @ApiResponse({ status: 200, type: ReconciliationPage, description: 'Reconciliations' })
  @Roles(...READERS)
  @Get('reconciliations')
  list(@CurrentPrincipal() principal: Principal, @Query() page: PageRequest, @Lang() language: Language): Promise<ReconciliationPage> {
    return this.reconciliations.list(principal, page, language);
  }

  @ApiOperation({ operationId: 'findReconciliation', summary: 'Progress, and counts by finding, agency and collector' })
  @ApiResponse({ status: 200, type: ReconciliationView, description: 'The reconciliation' })
  @reconciliationId
  @Roles(...READERS)
  @Get('reconciliations/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<ReconciliationView> {
    return this.reconciliations.find(principal, id, language);
  }

  @ApiOperation({ operationId: 'downloadCallFindingsCsv', summary: 'The findings as CSV, in the order of time' })
  @ApiProduces('text/csv')
  @ApiResponse({ status: 200, schema: { type: 'string' }, description: 'A header, then a line per finding' })
  @reconciliationId
  @Roles(...READERS)
  @Get('reconciliations/:id/findings.csv')
  async csv(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<StreamableFile> {
    const lines = await this.reconciliations.findings(principal, id, 'csv', language);
    return new StreamableFile(Readable.from(lines), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="call-findings-${id}.csv"`,
    });
  }

  @ApiOperation({ operationId: 'downloadCallFindingsNdjson', summary: 'The findings as NDJSON, in the order of time' })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({ status: 200, schema: { type: 'string' }, description: 'A JSON object per line and finding' })
  @reconciliationId
  @Roles(...READERS)
  @Get('reconciliations/:id/findings.ndjson')
  async ndjson(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<StreamableFile> {
    const lines = await this.reconciliations.findings(principal, id, 'ndjson', language);
    return new StreamableFile(Readable.from(lines), {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: `attachment; filename="call-findings-${id}.ndjson"`,
    });
  }
}
