import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { ProofListView, ProofView } from './proof.dto.ts';
import { ProofService } from './proof.service.ts';

const caseParam = ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' });
const HEARS = ['agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration'] as const;

@ApiTags('case')
@Controller('v1')
export class ProofController {
  constructor(@Inject(ProofService) private readonly proofs: ProofService) {}

  @ApiOperation({
    operationId: 'addProof',
    summary: 'Keep a file that proves something: an objection, a consent, a hold, an opt-out, a party’s document',
  })
  @ApiResponse({ status: 201, type: ProofView, description: 'Kept, with its hash' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['resource', 'file'],
      properties: { resource: { type: 'string', example: 'objection/<id>' }, file: { type: 'string', format: 'binary' } },
    },
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and file, same answer; kept 7 days' })
  @caseParam
  @Roles(...HEARS)
  @Post('cases/:id/proofs')
  add(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Req() http: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ProofView> {
    return this.proofs.add(principal, id, http, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'listProofs', summary: 'Files that prove something on a case' })
  @ApiResponse({ status: 200, type: ProofListView, description: 'In order of their coming' })
  @caseParam
  @Roles(...HEARS, 'regulator')
  @Get('cases/:id/proofs')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ProofListView> {
    return this.proofs.list(principal, id);
  }

  @ApiOperation({ operationId: 'downloadProof', summary: 'The file; each reading is recorded' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'As it came' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @Roles(...HEARS)
  @Get('proofs/:id/file')
  async file(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<StreamableFile> {
    const { view, pieces } = await this.proofs.open(principal, id, http.id);
    return new StreamableFile(Readable.from(pieces), {
      type: view.mediaType,
      disposition: `attachment; filename="proof-${view.id}"; filename*=UTF-8''${encodeURIComponent(view.fileName)}`,
      length: view.bytes,
    });
  }
}
