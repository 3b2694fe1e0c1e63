import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { LookbackView } from './lookback.dto.ts';
import { LookbackService } from './lookback.service.ts';

const READERS = ['collections-manager', 'agency-supervisor', 'compliance', 'regulator', 'integration', 'admin'] as const;
const lookbackId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('lookback')
@languageHeader
@Controller('v1/lookbacks')
export class LookbackController {
  constructor(@Inject(LookbackService) private readonly lookbacks: LookbackService) {}

  @ApiOperation({
    operationId: 'createLookback',
    summary: 'Audit a past contact log as a job: every attempt of ours is judged against the attempts before it',
  })
  @ApiResponse({ status: 202, type: LookbackView, description: 'The look-back, queued' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and file, same answer; kept 7 days' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        packs: { type: 'string', description: 'Separated by commas; those in force when left out' },
        file: { type: 'string', format: 'binary' },
      },
    },
  })
  @Roles('collections-manager', 'agency-supervisor', 'compliance', 'integration', 'admin')
  @HttpCode(202)
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<LookbackView> {
    return this.lookbacks.create(principal, request, idempotency?.key ?? null, language);
  }

  @ApiOperation({ operationId: 'findLookback', summary: 'Progress, and counts by rule, agency and hour' })
  @ApiResponse({ status: 200, type: LookbackView, description: 'The look-back' })
  @lookbackId
  @Roles(...READERS)
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<LookbackView> {
    return this.lookbacks.find(principal, id, language);
  }

  @ApiOperation({ operationId: 'downloadFindingsCsv', summary: 'The findings as CSV, in the order of the log' })
  @ApiProduces('text/csv')
  @ApiResponse({ status: 200, schema: { type: 'string' }, description: 'A header, then a line per finding' })
  @lookbackId
  @Roles(...READERS)
  @Get(':id/findings.csv')
  async csv(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<StreamableFile> {
    const lines = await this.lookbacks.findings(principal, id, 'csv', language);
    return new StreamableFile(Readable.from(lines), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="findings-${id}.csv"`,
    });
  }

  @ApiOperation({ operationId: 'downloadFindingsNdjson', summary: 'The findings as NDJSON, in the order of the log' })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({ status: 200, schema: { type: 'string' }, description: 'A JSON object per line and finding' })
  @lookbackId
  @Roles(...READERS)
  @Get(':id/findings.ndjson')
  async ndjson(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<StreamableFile> {
    const lines = await this.lookbacks.findings(principal, id, 'ndjson', language);
    return new StreamableFile(Readable.from(lines), {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: `attachment; filename="findings-${id}.ndjson"`,
    });
  }
}
