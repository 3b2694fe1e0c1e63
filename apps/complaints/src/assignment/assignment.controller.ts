import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { ComplaintView } from '../complaint/complaint.view.ts';
import { AssignmentRuleService } from './assignment-rule.service.ts';
import {
  AssignmentRequest,
  AssignmentRuleRequest,
  AssignmentRuleView,
  HandoverRequest,
  HandoverView,
  SuggestionView,
} from './assignment.dto.ts';
import { AssignmentService } from './assignment.service.ts';

const complaintId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('assignment')
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1')
export class AssignmentController {
  constructor(
    @Inject(AssignmentService) private readonly assignments: AssignmentService,
    @Inject(AssignmentRuleService) private readonly rules: AssignmentRuleService,
  ) {}

  @ApiOperation({
    operationId: 'assignComplaint',
    summary:
      'A supervisor gives a complaint to a handler, or lets the suggestion decide; a handler takes one that nobody has or whose handler is away',
  })
  @ApiResponse({ status: 200, type: ComplaintView, description: 'The complaint' })
  @complaintId
  @HttpCode(200)
  @Post('complaints/:id/assignment')
  assign(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: AssignmentRequest,
    @Req() http: FastifyRequest,
  ): Promise<ComplaintView> {
    return this.assignments.assign(principal, id, request, http.id);
  }

  @ApiOperation({
    operationId: 'suggestAssignment',
    summary: 'Who could take a complaint by skill and load, part by part; who cannot, and why',
  })
  @ApiResponse({ status: 200, type: SuggestionView, description: 'The suggestion' })
  @complaintId
  @Get('complaints/:id/assignment-suggestion')
  suggestion(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SuggestionView> {
    return this.rules.suggestion(principal, id);
  }

  @ApiOperation({ operationId: 'findAssignmentRule', summary: 'Whether new complaints are assigned at once, and what counts how much' })
  @ApiResponse({ status: 200, type: AssignmentRuleView, description: 'The rule' })
  @Roles('complaint-handler', 'complaint-supervisor', 'admin')
  @Get('assignment-rule')
  rule(@CurrentPrincipal() principal: Principal): Promise<AssignmentRuleView> {
    return this.rules.rule(principal);
  }

  @ApiOperation({ operationId: 'setAssignmentRule', summary: 'Set it; the one before is kept' })
  @ApiResponse({ status: 200, type: AssignmentRuleView, description: 'The rule' })
  @Roles('complaint-supervisor', 'admin')
  @Put('assignment-rule')
  setRule(@CurrentPrincipal() principal: Principal, @Body() request: AssignmentRuleRequest): Promise<AssignmentRuleView> {
    return this.rules.setRule(principal, request);
  }

  @ApiOperation({ operationId: 'handOverComplaints', summary: 'Give what somebody who is away has open to others, 500 at most at once' })
  @ApiResponse({ status: 201, type: HandoverView, description: 'How many have another handler now' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @ApiParam({ name: 'subject', type: 'string' })
  @Roles('complaint-supervisor')
  @Post('desk-members/:subject/handover')
  handOver(
    @CurrentPrincipal() principal: Principal,
    @Param('subject') subject: string,
    @Body() request: HandoverRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<HandoverView> {
    return this.rules.handOver(principal, subject, request, idempotency);
  }
}
