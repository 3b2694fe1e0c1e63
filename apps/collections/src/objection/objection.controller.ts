import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { ObjectionDesk } from './objection.desk.ts';
import {
  ObjectionDecisionRequest,
  ObjectionListRequest,
  ObjectionPage,
  ObjectionRequest,
  ObjectionTellingRequest,
  ObjectionView,
  ObjectionWithdrawalRequest,
} from './objection.dto.ts';
import { ObjectionService } from './objection.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const uuid = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const shown = (description: string, status = 200) => ApiResponse({ status, type: ObjectionView, description });
const DECIDES = ['collections-manager', 'compliance'] as const;

@ApiTags('objection')
@idempotent
@Controller('v1')
export class ObjectionController {
  constructor(
    @Inject(ObjectionService) private readonly objections: ObjectionService,
    @Inject(ObjectionDesk) private readonly desk: ObjectionDesk,
  ) {}

  @ApiOperation({
    operationId: 'raiseObjection',
    summary: 'Note that the debt is disputed: collection stops at once, and somebody verifies it',
  })
  @shown('The objection', 201)
  @ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration')
  @Post('cases/:id/objections')
  raise(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ObjectionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ObjectionView> {
    return this.objections.raise(principal, id, request, { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'listObjections', summary: 'Objections, the newest first; an agency sees those of its cases' })
  @ApiResponse({ status: 200, type: ObjectionPage, description: 'A page' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration')
  @Get('objections')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() request: ObjectionListRequest,
    @Req() http: FastifyRequest,
  ): Promise<ObjectionPage> {
    return this.desk.list(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'findObjection', summary: 'One objection' })
  @shown('The objection')
  @uuid
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration')
  @Get('objections/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<ObjectionView> {
    return this.desk.find(principal, id, http.id);
  }

  @ApiOperation({
    operationId: 'decideObjection',
    summary:
      'Uphold or reject it with facts and basis; not by who took it or called on this debt. Collection stays stopped until the debtor is told',
  })
  @shown('Decided')
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('objections/:id/decision')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ObjectionDecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ObjectionView> {
    return this.objections.decide(principal, id, request, { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'tellObjection', summary: 'Note that the debtor was told of the result; the hold ends with it' })
  @shown('Told')
  @uuid
  @Roles(...DECIDES, 'integration')
  @HttpCode(200)
  @Post('objections/:id/telling')
  tell(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ObjectionTellingRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ObjectionView> {
    return this.objections.tell(principal, id, request, { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'withdrawObjection', summary: 'Note that the debtor takes it back' })
  @shown('Withdrawn')
  @uuid
  @Roles(...DECIDES, 'integration')
  @HttpCode(200)
  @Post('objections/:id/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { evidence }: ObjectionWithdrawalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ObjectionView> {
    return this.objections.withdraw(principal, id, evidence, { idempotency, requestId: http.id });
  }
}
