import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import type { Page } from '#wire';
import { RecordsRequest, ConsistencyRequest, ExportRequest, HeadsRequest } from './evidence.dto.ts';
import { EvidenceService } from './evidence.service.ts';
import {
  EvidenceRecordPage,
  EvidenceConsistencyView,
  EvidenceHeadPage,
  EvidenceKeysView,
  EvidenceProofView,
  type EvidenceHeadView,
  type EvidenceRecordItem,
} from './evidence.view.ts';

@ApiTags('evidence')
@Controller('v1/evidence')
@Roles('compliance', 'regulator')
export class EvidenceController {
  constructor(@Inject(EvidenceService) private readonly evidence: EvidenceService) {}

  @ApiOperation({
    operationId: 'listEvidenceHeads',
    summary: 'The signed heads of the evidence log, the newest first; keep one to check later that nothing was taken away',
  })
  @ApiResponse({ status: 200, type: EvidenceHeadPage, description: 'A page of heads' })
  @Get('heads')
  heads(@CurrentPrincipal() principal: Principal, @Query() request: HeadsRequest): Promise<Page<EvidenceHeadView>> {
    return this.evidence.heads(principal, request);
  }

  @ApiOperation({ operationId: 'listEvidenceRecords', summary: 'The records of the log, or those of the making of what has an id' })
  @ApiResponse({ status: 200, type: EvidenceRecordPage, description: 'Without what they say: their proofs show it, and are recorded' })
  @Get('records')
  records(@CurrentPrincipal() principal: Principal, @Query() request: RecordsRequest): Promise<Page<EvidenceRecordItem>> {
    return this.evidence.records(principal, request);
  }

  @ApiOperation({
    operationId: 'proveEvidenceRecord',
    summary: 'That a record is in the log, to be checked by whoever asks; the read is recorded',
  })
  @ApiResponse({ status: 200, type: EvidenceProofView, description: 'The record, its inclusion proof and the head that it leads to' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @Get('records/:id/proof')
  proof(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() request: FastifyRequest): Promise<EvidenceProofView> {
    return this.evidence.proof(principal, id, request.id);
  }

  @ApiOperation({ operationId: 'proveEvidenceConsistency', summary: 'That the log of one head is the beginning of that of a later one' })
  @ApiResponse({ status: 200, type: EvidenceConsistencyView, description: 'Both heads and the proof between them' })
  @Get('consistency')
  consistency(@CurrentPrincipal() principal: Principal, @Query() request: ConsistencyRequest): Promise<EvidenceConsistencyView> {
    return this.evidence.consistency(principal, request);
  }

  @ApiOperation({ operationId: 'listEvidenceKeys', summary: 'The public keys of the log, old ones included' })
  @ApiResponse({ status: 200, type: EvidenceKeysView, description: 'All keys, with what they say for each other' })
  @Get('key')
  keys(@CurrentPrincipal() principal: Principal): Promise<EvidenceKeysView> {
    return this.evidence.publicKeys(principal);
  }

  @ApiOperation({
    operationId: 'exportEvidence',
    summary: 'The log as lines of JSON, for `npm run verify-evidence`; the export is recorded',
  })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'Log, keys, records in order and heads' })
  @Get('export')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Query() request: ExportRequest,
    @Req() { id }: FastifyRequest,
  ): Promise<StreamableFile> {
    const { name, lines } = await this.evidence.export(principal, request, id);
    return new StreamableFile(Readable.from(lines, { objectMode: false }), {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: attachment(name),
    });
  }
}
