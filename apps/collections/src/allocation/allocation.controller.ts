import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import {
  AllocationLineFilter,
  AllocationLinePage,
  AllocationNoticeRequest,
  AllocationNoticeView,
  AllocationPage,
  AllocationRequest,
  AllocationRuleListView,
  AllocationRuleRequest,
  AllocationRuleView,
  AllocationView,
  OrderRequest,
} from './allocation.dto.ts';
import { AllocationService } from './allocation.service.ts';
import { OrderService } from './order.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const uuid = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const shown = (description: string, status = 200) => ApiResponse({ status, type: AllocationView, description });
const READS = ['collections-manager', 'compliance', 'regulator'] as const;
const DECIDES = ['collections-manager', 'compliance'] as const;

@ApiTags('allocation')
@idempotent
@Controller('v1')
export class AllocationController {
  constructor(@Inject(AllocationService) private readonly allocations: AllocationService) {}

  @ApiOperation({
    operationId: 'setAllocationRule',
    summary: 'Set a rule by which cases are shared out; the same name again makes its next version',
  })
  @ApiResponse({ status: 201, type: AllocationRuleView, description: 'The version' })
  @Roles('collections-manager')
  @Post('allocation-rules')
  addRule(
    @CurrentPrincipal() principal: Principal,
    @Body() request: AllocationRuleRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AllocationRuleView> {
    return this.allocations.addRule(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listAllocationRules', summary: 'The newest version of each rule' })
  @ApiResponse({ status: 200, type: AllocationRuleListView, description: 'By name' })
  @Roles(...READS)
  @Get('allocation-rules')
  rules(@CurrentPrincipal() principal: Principal): Promise<AllocationRuleListView> {
    return this.allocations.rules(principal);
  }

  @ApiOperation({ operationId: 'retireAllocationRule', summary: 'Use a version no more' })
  @ApiResponse({ status: 200, type: AllocationRuleView, description: 'The version, retired' })
  @uuid
  @Roles('collections-manager')
  @HttpCode(200)
  @Post('allocation-rules/:id/retirement')
  retire(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<AllocationRuleView> {
    return this.allocations.retireRule(principal, id);
  }

  @ApiOperation({ operationId: 'createAllocation', summary: 'Try a rule, as a job, on the cases as they are: nothing moves' })
  @shown('The simulation, queued', 202)
  @Roles('collections-manager')
  @HttpCode(202)
  @Post('allocations')
  simulate(
    @CurrentPrincipal() principal: Principal,
    @Body() { ruleId }: AllocationRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AllocationView> {
    return this.allocations.simulate(principal, ruleId, idempotency);
  }

  @ApiOperation({ operationId: 'listAllocations', summary: 'Simulations, the newest first' })
  @ApiResponse({ status: 200, type: AllocationPage, description: 'A page' })
  @Roles(...READS)
  @Get('allocations')
  list(@CurrentPrincipal() principal: Principal, @Query() request: PageRequest): Promise<AllocationPage> {
    return this.allocations.list(principal, request);
  }

  @ApiOperation({ operationId: 'findAllocation', summary: 'Progress, what the rule would do, and what came of carrying it out' })
  @shown('The simulation')
  @uuid
  @Roles(...READS)
  @Get('allocations/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<AllocationView> {
    return this.allocations.find(principal, id);
  }

  @ApiOperation({ operationId: 'listAllocationLines', summary: 'Case by case: which agency, or why it stays' })
  @ApiResponse({ status: 200, type: AllocationLinePage, description: 'A page' })
  @uuid
  @Roles(...READS)
  @Get('allocations/:id/lines')
  lines(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() filter: AllocationLineFilter,
  ): Promise<AllocationLinePage> {
    return this.allocations.lines(principal, id, filter);
  }

  @ApiOperation({ operationId: 'cancelAllocation', summary: 'Stop a simulation' })
  @shown('Cancelled')
  @uuid
  @Roles('collections-manager')
  @HttpCode(200)
  @Post('allocations/:id/cancellation')
  cancel(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<AllocationView> {
    return this.allocations.cancel(principal, id);
  }
}

@ApiTags('allocation')
@idempotent
@Controller('v1/allocations')
export class OrderController {
  constructor(@Inject(OrderService) private readonly orders: OrderService) {}

  @ApiOperation({
    operationId: 'runAllocation',
    summary: 'Carry out exactly what was simulated; above the number that the institution sets a second person approves it first',
  })
  @shown('Queued, or waiting for approval', 202)
  @uuid
  @Roles('collections-manager')
  @HttpCode(202)
  @Post(':id/run')
  order(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: OrderRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AllocationView> {
    return this.orders.order(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'approveAllocationRun', summary: 'Approve that it be carried out; not by who asked for it' })
  @shown('Queued')
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post(':id/run/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AllocationView> {
    return this.orders.approve(principal, id, idempotency);
  }

  @ApiOperation({ operationId: 'rejectAllocationRun', summary: 'Refuse that it be carried out' })
  @shown('Rejected')
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post(':id/run/rejection')
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: OrderRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AllocationView> {
    return this.orders.reject(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'stopAllocationRun', summary: 'Stop carrying it out; what is done stays done' })
  @shown('Stopped')
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post(':id/run/cancellation')
  stop(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AllocationView> {
    return this.orders.stop(principal, id, idempotency);
  }

  @ApiOperation({
    operationId: 'noteAllocationReferrals',
    summary: 'Note that all debtors whose cases wait by this allocation were told of the referral',
  })
  @ApiResponse({ status: 200, type: AllocationNoticeView, description: 'How many' })
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post(':id/notices')
  tellAll(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: AllocationNoticeRequest,
  ): Promise<AllocationNoticeView> {
    return this.orders.tellAll(principal, id, request);
  }
}
