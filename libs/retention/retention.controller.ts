import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import type { Page } from '#wire';
import {
  RetentionHoldDetail,
  RetentionHoldFilter,
  RetentionHoldPage,
  RetentionHoldRequest,
  RetentionHoldView,
  RetentionReleaseDecisionRequest,
  RetentionReleaseRequest,
} from './hold.dto.ts';
import { RetentionHoldService } from './hold.service.ts';
import {
  RetentionDecisionRequest,
  RetentionKindsView,
  RetentionRuleFilter,
  RetentionRulePage,
  RetentionRuleRequest,
  RetentionRuleView,
} from './rule.dto.ts';
import { RuleService } from './rule.service.ts';

const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const key = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });

@ApiTags('retention')
@Controller('v1/retention')
export class RetentionController {
  constructor(
    @Inject(RuleService) private readonly rules: RuleService,
    @Inject(RetentionHoldService) private readonly holds: RetentionHoldService,
  ) {}

  @ApiOperation({
    operationId: 'listRetentionKinds',
    summary: 'What is kept for how long, by which rule and why; and what is kept for ever',
  })
  @ApiResponse({ status: 200, type: RetentionKindsView, description: 'Every kind of record of the service' })
  @Roles('compliance', 'regulator')
  @Get('kinds')
  kinds(@CurrentPrincipal() principal: Principal): Promise<RetentionKindsView> {
    return this.rules.kinds(principal);
  }

  @ApiOperation({ operationId: 'listRetentionRules', summary: 'The institution’s own rules, every version, the newest first' })
  @ApiResponse({ status: 200, type: RetentionRulePage, description: 'A page of rules' })
  @Roles('compliance', 'regulator')
  @Get('rules')
  listRules(@CurrentPrincipal() principal: Principal, @Query() filter: RetentionRuleFilter): Promise<Page<RetentionRuleView>> {
    return this.rules.list(principal, filter);
  }

  @ApiOperation({
    operationId: 'proposeRetentionRule',
    summary: 'Propose that the institution keeps a kind longer; never shorter than is built in',
  })
  @ApiResponse({ status: 201, type: RetentionRuleView, description: 'Proposed: another person decides' })
  @key
  @Roles('compliance')
  @Post('rules')
  proposeRule(
    @CurrentPrincipal() principal: Principal,
    @Body() request: RetentionRuleRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RetentionRuleView> {
    return this.rules.propose(principal, request, idempotency);
  }

  @ApiOperation({
    operationId: 'decideRetentionRule',
    summary: 'Approve or refuse a rule that another person proposed, or withdraw one’s own',
  })
  @ApiResponse({ status: 201, type: RetentionRuleView, description: 'Decided' })
  @idParam
  @key
  @Roles('compliance')
  @Post('rules/:id/decision')
  decideRule(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { decision }: RetentionDecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RetentionRuleView> {
    return this.rules.decide(principal, id, decision, idempotency);
  }

  @ApiOperation({ operationId: 'listRetentionHolds', summary: 'What must not be destroyed, the newest first' })
  @ApiResponse({ status: 200, type: RetentionHoldPage, description: 'A page of holds' })
  @Roles('compliance', 'regulator')
  @Get('holds')
  listHolds(@CurrentPrincipal() principal: Principal, @Query() filter: RetentionHoldFilter): Promise<Page<RetentionHoldView>> {
    return this.holds.list(principal, filter);
  }

  @ApiOperation({ operationId: 'findRetentionHold', summary: 'A hold with its reasons; the read is recorded' })
  @ApiResponse({ status: 200, type: RetentionHoldDetail, description: 'The hold' })
  @idParam
  @Roles('compliance', 'regulator')
  @Get('holds/:id')
  findHold(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<RetentionHoldDetail> {
    return this.holds.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'placeRetentionHold', summary: 'Hold what must not be destroyed, from this instant on' })
  @ApiResponse({ status: 201, type: RetentionHoldView, description: 'Held' })
  @key
  @Roles('compliance')
  @Post('holds')
  placeHold(
    @CurrentPrincipal() principal: Principal,
    @Body() request: RetentionHoldRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RetentionHoldView> {
    return this.holds.place(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'askRetentionRelease', summary: 'Ask that a hold be released; it holds until another person approves' })
  @ApiResponse({ status: 201, type: RetentionHoldView, description: 'Asked for' })
  @idParam
  @key
  @Roles('compliance')
  @Post('holds/:id/release')
  askRelease(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: RetentionReleaseRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RetentionHoldView> {
    return this.holds.askRelease(principal, id, request, idempotency);
  }

  @ApiOperation({
    operationId: 'decideRetentionRelease',
    summary: 'Approve or refuse a release that another person asked for, or withdraw one’s own',
  })
  @ApiResponse({ status: 201, type: RetentionHoldView, description: 'Decided' })
  @idParam
  @key
  @Roles('compliance')
  @Post('holds/:id/release-decision')
  decideRelease(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { decision }: RetentionReleaseDecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RetentionHoldView> {
    return this.holds.decideRelease(principal, id, decision, idempotency);
  }
}
