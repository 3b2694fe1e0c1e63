import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import type { Page } from '#wire';
import { DestructionProofService } from './proof.service.ts';
import {
  DestructionCertificate,
  DestructionInclusion,
  RetentionInclusionRequest,
  RetentionRunDecisionRequest,
  RetentionRunFilter,
  RetentionRunPage,
  RetentionRunRequest,
  RetentionRunView,
} from './run.dto.ts';
import { RetentionRunService } from './run.service.ts';

const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const key = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });

@ApiTags('retention')
@Controller('v1/retention/runs')
export class RetentionRunController {
  constructor(
    @Inject(RetentionRunService) private readonly runs: RetentionRunService,
    @Inject(DestructionProofService) private readonly proofs: DestructionProofService,
  ) {}

  @ApiOperation({ operationId: 'createRetentionRun', summary: 'Look what may go, as a job; or ask that what a dry run found be destroyed' })
  @ApiResponse({
    status: 202,
    type: RetentionRunView,
    description: 'A dry run, queued; a destruction, waiting for the approval of another person',
  })
  @key
  @Roles('compliance')
  @HttpCode(202)
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: RetentionRunRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RetentionRunView> {
    return this.runs.create(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listRetentionRuns', summary: 'Dry runs and destructions, the newest first' })
  @ApiResponse({ status: 200, type: RetentionRunPage, description: 'A page of runs' })
  @Roles('compliance', 'regulator')
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() filter: RetentionRunFilter): Promise<Page<RetentionRunView>> {
    return this.runs.list(principal, filter);
  }

  @ApiOperation({ operationId: 'findRetentionRun', summary: 'How far a run is, what it found or destroyed' })
  @ApiResponse({ status: 200, type: RetentionRunView, description: 'The run' })
  @idParam
  @Roles('compliance', 'regulator')
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RetentionRunView> {
    return this.runs.find(principal, id);
  }

  @ApiOperation({
    operationId: 'decideRetentionRun',
    summary: 'Approve exactly the list that was looked at, or refuse; or withdraw one’s own',
  })
  @ApiResponse({ status: 201, type: RetentionRunView, description: 'Decided; what is approved begins' })
  @idParam
  @key
  @Roles('compliance')
  @Post(':id/decision')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: RetentionRunDecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RetentionRunView> {
    return this.runs.decide(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'cancelRetentionRun', summary: 'Stop a run; what is destroyed stays destroyed' })
  @ApiResponse({ status: 200, type: RetentionRunView, description: 'Stopped' })
  @idParam
  @Roles('compliance')
  @HttpCode(200)
  @Post(':id/cancellation')
  cancel(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RetentionRunView> {
    return this.runs.cancel(principal, id);
  }

  @ApiOperation({
    operationId: 'listRetentionItems',
    summary: 'Everything that a run found and what became of it, as lines of JSON: ids and digests',
  })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({
    status: 200,
    schema: { type: 'string', format: 'binary' },
    description: 'seq, kind, id, since, keptUntil, rule, digest, hold, fate',
  })
  @idParam
  @Roles('compliance', 'regulator')
  @Get(':id/items')
  async items(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<StreamableFile> {
    const lines = await this.proofs.list(principal, id);
    return new StreamableFile(Readable.from(lines, { objectMode: false }), {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: attachment(`retention-${id}.ndjson`),
    });
  }

  @ApiOperation({
    operationId: 'showDestructionCertificate',
    summary: 'The certificate of a destruction: who asked and approved, each batch with its root',
  })
  @ApiResponse({ status: 200, type: DestructionCertificate, description: 'The certificate' })
  @idParam
  @Roles('compliance', 'regulator')
  @Get(':id/certificate')
  certificate(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<DestructionCertificate> {
    return this.proofs.certificate(principal, id);
  }

  @ApiOperation({
    operationId: 'proveDestruction',
    summary: 'That a record of a known id was among what was destroyed, to be checked by whoever asks',
  })
  @ApiResponse({ status: 200, type: DestructionInclusion, description: 'The leaf, its path and the batch whose root it leads to' })
  @idParam
  @Roles('compliance', 'regulator')
  @Get(':id/inclusion')
  inclusion(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: RetentionInclusionRequest,
  ): Promise<DestructionInclusion> {
    return this.proofs.inclusion(principal, id, request);
  }
}
