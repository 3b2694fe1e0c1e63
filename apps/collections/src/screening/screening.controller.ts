import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest, type Page } from '#wire';
import type { ResultFormat } from './result-text.ts';
import { ResultsRequest, ScreeningPage, ScreeningRequest, ScreeningView } from './screening.dto.ts';
import { ScreeningService } from './screening.service.ts';

const WRITERS = ['agency-supervisor', 'collections-manager', 'compliance', 'integration'] as const;
const READERS = [...WRITERS, 'regulator', 'admin'] as const;
const screeningId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('screening')
@languageHeader
@Controller('v1/screenings')
export class ScreeningController {
  constructor(@Inject(ScreeningService) private readonly screenings: ScreeningService) {}

  @ApiOperation({
    operationId: 'createScreening',
    summary: 'Have a whole portfolio, or a list of cases, judged as a job: for each the answer that contactability gives',
  })
  @ApiResponse({ status: 202, type: ScreeningView, description: 'The screening, queued' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key, body and file, same answer; kept 7 days' })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiExtraModels(ScreeningRequest)
  @ApiBody({
    required: true,
    schema: {
      oneOf: [
        { $ref: getSchemaPath(ScreeningRequest) },
        {
          type: 'object',
          required: ['file'],
          properties: {
            request: { type: 'string', description: 'The JSON of a request without caseIds' },
            file: { type: 'string', format: 'binary', description: 'CSV or XLSX with the column caseId, up to 1,000,000 rows' },
          },
        },
      ],
    },
  })
  @Roles(...WRITERS)
  @HttpCode(202)
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ScreeningView> {
    return this.screenings.create(principal, request, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'listScreenings', summary: 'Screenings, the newest first' })
  @ApiResponse({ status: 200, type: ScreeningPage, description: 'A page of screenings' })
  @Roles(...READERS)
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: PageRequest): Promise<Page<ScreeningView>> {
    return this.screenings.list(principal, request);
  }

  @ApiOperation({ operationId: 'findScreening', summary: 'Progress, and counts by rule, agency and next permitted hour' })
  @ApiResponse({ status: 200, type: ScreeningView, description: 'The screening' })
  @screeningId
  @Roles(...READERS)
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ScreeningView> {
    return this.screenings.find(principal, id);
  }

  @ApiOperation({ operationId: 'cancelScreening', summary: 'End a screening that is not finished' })
  @ApiResponse({ status: 200, type: ScreeningView, description: 'The screening, cancelled' })
  @screeningId
  @Roles(...WRITERS)
  @HttpCode(200)
  @Post(':id/cancellation')
  cancel(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ScreeningView> {
    return this.screenings.cancel(principal, id);
  }

  @ApiOperation({ operationId: 'downloadScreeningCsv', summary: 'The results as CSV, a line per case, in no order that means anything' })
  @ApiProduces('text/csv')
  @ApiResponse({ status: 200, schema: { type: 'string' }, description: 'A header, then a line per case' })
  @screeningId
  @Roles(...READERS)
  @Get(':id/results.csv')
  csv(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: ResultsRequest,
    @Lang() language: Language,
  ): Promise<StreamableFile> {
    return this.download(principal, id, 'csv', request, language);
  }

  @ApiOperation({
    operationId: 'downloadScreeningNdjson',
    summary: 'The results as NDJSON, a line per case, in no order that means anything',
  })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({
    status: 200,
    schema: { type: 'string' },
    description:
      'A JSON object per line and case: caseId, agencyId, verdict (permitted, refused, not-judged), missing (what there is none of, where it could not be judged), partyId, contactPointId, reasons, nextPermittedAt, mustEndBy',
  })
  @screeningId
  @Roles(...READERS)
  @Get(':id/results.ndjson')
  ndjson(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: ResultsRequest,
    @Lang() language: Language,
  ): Promise<StreamableFile> {
    return this.download(principal, id, 'ndjson', request, language);
  }

  private async download(
    principal: Principal,
    id: string,
    format: ResultFormat,
    { verdict = null }: ResultsRequest | { verdict?: null },
    language: Language,
  ): Promise<StreamableFile> {
    const text = await this.screenings.results(principal, id, format, verdict, language);
    return new StreamableFile(Readable.from(text), {
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      disposition: `attachment; filename="screening-${id}.${format}"`,
    });
  }
}
