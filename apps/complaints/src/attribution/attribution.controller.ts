import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import { AttributionRequest, Attributions } from './attribution.dto.ts';
import { AttributionService } from './attribution.service.ts';

const uuid = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const cause = ApiParam({ name: 'causeId', schema: { type: 'string', format: 'uuid' } });
const shown = (status = 200) => ApiResponse({ status, type: Attributions, description: 'All causes of the complaint' });
const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, done once; kept 7 days' });
const HANDLE = ['complaint-handler', 'complaint-supervisor'] as const;

@ApiTags('dossier')
@Controller('v1/complaints/:id/attributions')
export class AttributionController {
  constructor(@Inject(AttributionService) private readonly attributions: AttributionService) {}

  @ApiOperation({ operationId: 'listAttributions', summary: 'What caused the complaint, each with what it rests on' })
  @shown()
  @uuid
  @Roles(...READERS)
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<Attributions> {
    return this.attributions.list(principal, id, http.id);
  }

  @ApiOperation({
    operationId: 'attributeComplaint',
    summary:
      'Say what caused the complaint: a rule, a script, a collector, an agency, or nothing of collection; a collector takes a second person',
  })
  @shown(201)
  @uuid
  @idempotent
  @Roles(...HANDLE)
  @Post()
  propose(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: AttributionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<Attributions> {
    return this.attributions.propose(principal, id, request, { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'confirmAttribution', summary: 'Confirm that a person caused it; never who proposed it' })
  @shown()
  @uuid
  @cause
  @idempotent
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post(':causeId/confirmation')
  confirm(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('causeId') causeId: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<Attributions> {
    return this.attributions.settle(principal, id, causeId, 'confirmed', { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'rejectAttribution', summary: 'Say that the person did not cause it' })
  @shown()
  @uuid
  @cause
  @idempotent
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post(':causeId/rejection')
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('causeId') causeId: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<Attributions> {
    return this.attributions.settle(principal, id, causeId, 'rejected', { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'withdrawAttribution', summary: 'Take a cause back that is wrong' })
  @shown()
  @uuid
  @cause
  @idempotent
  @Roles(...HANDLE)
  @HttpCode(200)
  @Post(':causeId/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('causeId') causeId: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<Attributions> {
    return this.attributions.withdraw(principal, id, causeId, { idempotency, requestId: http.id });
  }
}
