import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import type { LookbackView } from './lookback.dto.ts';
import { LookbackService } from './lookback.service.ts';

const READERS = ['collections-manager', 'agency-supervisor', 'compliance', 'regulator', 'integration', 'admin'] as const;

@ApiTags('lookback')
@ApiBearerAuth()
@Controller('v1/lookbacks')
export class LookbackController {
  constructor(@Inject(LookbackService) private readonly lookbacks: LookbackService) {}

  @ApiOperation({ summary: 'Audit a past contact log as a job: every attempt of ours is judged against the attempts before it' })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
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

  @ApiOperation({ summary: 'Progress, and counts by rule, agency and hour' })
  @Roles(...READERS)
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<LookbackView> {
    return this.lookbacks.find(principal, id, language);
  }

  @ApiOperation({ summary: 'The findings as CSV, in the order of the log' })
  @Roles(...READERS)
  @Get(':id/findings.csv')
  async csv(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<StreamableFile> {
    const lines = await this.lookbacks.findings(principal, id, 'csv', language);
    return new StreamableFile(Readable.from(lines), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="findings-${id}.csv"`,
    });
  }

  @ApiOperation({ summary: 'The findings as NDJSON, in the order of the log' })
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
