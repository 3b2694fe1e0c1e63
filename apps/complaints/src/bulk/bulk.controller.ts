import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { BulkApprovalRequest, BulkItemPage, BulkItemsRequest, BulkPage, BulkRejectionRequest, BulkRequest, BulkView } from './bulk.dto.ts';
import { BulkService } from './bulk.service.ts';

const bulkId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('bulk')
@Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
@Controller('v1/bulks')
export class BulkController {
  constructor(@Inject(BulkService) private readonly bulks: BulkService) {}

  @ApiOperation({
    operationId: 'proposeBulk',
    summary: 'Propose to do the same to many complaints; the list is drawn up now and stays. Another supervisor approves it',
  })
  @ApiResponse({ status: 201, type: BulkView, description: 'What is proposed' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same proposal; kept 7 days' })
  @Roles('complaint-handler', 'complaint-supervisor')
  @Post()
  propose(
    @CurrentPrincipal() principal: Principal,
    @Body() request: BulkRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<BulkView> {
    return this.bulks.propose(principal, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'listBulks', summary: 'What was proposed for many, the newest first' })
  @ApiResponse({ status: 200, type: BulkPage, description: 'A page' })
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: PageRequest, @Req() http: FastifyRequest): Promise<BulkPage> {
    return this.bulks.list(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'findBulk', summary: 'One of them, and how far it is' })
  @ApiResponse({ status: 200, type: BulkView, description: 'What was proposed' })
  @bulkId
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<BulkView> {
    return this.bulks.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'listBulkItems', summary: 'Its complaints in their order, and what became of each' })
  @ApiResponse({ status: 200, type: BulkItemPage, description: 'A page' })
  @bulkId
  @Get(':id/items')
  items(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Query() request: BulkItemsRequest): Promise<BulkItemPage> {
    return this.bulks.items(principal, id, request);
  }

  @ApiOperation({ operationId: 'approveBulk', summary: 'Approve the list with this hash; never one’s own. The work begins' })
  @ApiResponse({ status: 200, type: BulkView, description: 'What was proposed' })
  @bulkId
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post(':id/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { hash }: BulkApprovalRequest,
    @Req() http: FastifyRequest,
  ): Promise<BulkView> {
    return this.bulks.approve(principal, id, hash, http.id);
  }

  @ApiOperation({ operationId: 'refuseBulk', summary: 'Refuse it with a reason; never one’s own' })
  @ApiResponse({ status: 200, type: BulkView, description: 'What was proposed' })
  @bulkId
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post(':id/rejection')
  refuse(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: BulkRejectionRequest,
    @Req() http: FastifyRequest,
  ): Promise<BulkView> {
    return this.bulks.refuse(principal, id, reason, http.id);
  }

  @ApiOperation({ operationId: 'cancelBulk', summary: 'Withdraw it, or stop the work where it is: what is done stays done' })
  @ApiResponse({ status: 200, type: BulkView, description: 'What was proposed' })
  @bulkId
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post(':id/cancellation')
  cancel(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<BulkView> {
    return this.bulks.cancel(principal, id, http.id);
  }
}
