import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PromiseListRequest, PromisePage, PromiseRequest, PromiseView, PromiseWithdrawalRequest } from './promise.dto.ts';
import { PromiseService } from './promise.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const caseParam = ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' });
const HEARS = ['agent', 'agency-supervisor', 'collections-manager', 'integration'] as const;
const READS = [...HEARS, 'compliance', 'regulator'] as const;

@ApiTags('promise')
@Controller('v1')
export class PromiseController {
  constructor(@Inject(PromiseService) private readonly promises: PromiseService) {}

  @ApiOperation({
    operationId: 'makePromise',
    summary: 'Note what a debtor promised to pay by a day, outside a contact; else it belongs into the outcome',
  })
  @ApiResponse({ status: 201, type: PromiseView, description: 'The promise' })
  @idempotent
  @caseParam
  @Roles(...HEARS)
  @Post('cases/:id/promises')
  make(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PromiseRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PromiseView> {
    return this.promises.note(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'listCasePromises', summary: 'What was promised on a case, newest first, and what came of it' })
  @ApiResponse({ status: 200, type: PromisePage, description: 'A page' })
  @caseParam
  @Roles(...READS)
  @Get('cases/:id/promises')
  listOfCase(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: PromiseListRequest,
    @Req() http: FastifyRequest,
  ): Promise<PromisePage> {
    return this.promises.list(principal, id, request, http.id);
  }

  @ApiOperation({ operationId: 'listPromises', summary: 'Promises of all cases that you may see, newest first' })
  @ApiResponse({ status: 200, type: PromisePage, description: 'A page' })
  @Roles(...READS)
  @Get('promises')
  list(@CurrentPrincipal() principal: Principal, @Query() request: PromiseListRequest, @Req() http: FastifyRequest): Promise<PromisePage> {
    return this.promises.list(principal, null, request, http.id);
  }

  @ApiOperation({ operationId: 'withdrawPromise', summary: 'The debtor took the promise back, or it was noted by mistake' })
  @ApiResponse({ status: 200, type: PromiseView, description: 'The promise, withdrawn' })
  @idempotent
  @ApiParam({ name: 'id', description: 'The id of the promise', schema: { type: 'string', format: 'uuid' } })
  @Roles(...HEARS)
  @HttpCode(200)
  @Post('promises/:id/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PromiseWithdrawalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PromiseView> {
    return this.promises.withdraw(principal, id, request, idempotency, http.id);
  }
}
