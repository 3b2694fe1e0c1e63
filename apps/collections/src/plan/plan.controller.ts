import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { AgreementService } from './agreement.service.ts';
import { PlanDocumentService } from './plan-document.service.ts';
import {
  OralAgreementRequest,
  PlanDetailView,
  PlanListRequest,
  PlanPage,
  PlanPreviewRequest,
  PlanPreviewView,
  PlanReasonRequest,
  PlanRequest,
} from './plan.dto.ts';
import { PlanService } from './plan.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const caseParam = ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' });
const planParam = ApiParam({ name: 'id', description: 'The id of the plan', schema: { type: 'string', format: 'uuid' } });
const shown = (description: string, status = 200) => ApiResponse({ status, type: PlanDetailView, description });
// Whoever speaks with the holder, and whoever answers for it.
const DRAFTS = ['agent', 'agency-supervisor', 'collections-manager'] as const;
const APPROVES = ['collections-manager', 'head-office-approver'] as const;
const ENDINGS: Readonly<Record<string, string>> = { 'application/pdf': '.pdf', 'image/jpeg': '.jpg', 'image/png': '.png' };
const READS = [...DRAFTS, 'head-office-approver', 'compliance', 'regulator', 'integration'] as const;

@ApiTags('plan')
@Controller('v1')
export class PlanController {
  constructor(
    @Inject(PlanService) private readonly plans: PlanService,
    @Inject(AgreementService) private readonly agreements: AgreementService,
    @Inject(PlanDocumentService) private readonly documents: PlanDocumentService,
  ) {}

  @ApiOperation({
    operationId: 'previewPlan',
    summary: 'The instalments that terms would make; nothing is kept. 60 months at most (CC11 70)',
  })
  @ApiResponse({ status: 200, type: PlanPreviewView, description: 'The schedule' })
  @caseParam
  @Roles(...DRAFTS)
  @HttpCode(200)
  @Post('cases/:id/plan-preview')
  preview(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PlanPreviewRequest,
  ): Promise<PlanPreviewView> {
    return this.plans.preview(principal, id, request);
  }

  @ApiOperation({ operationId: 'draftPlan', summary: 'Draft a personalised repayment plan (个性化分期还款协议, CC11 70)' })
  @shown('The draft', 201)
  @idempotent
  @caseParam
  @Roles(...DRAFTS)
  @Post('cases/:id/plans')
  draft(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PlanRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.plans.draft({ principal, idempotency, requestId: http.id }, id, request);
  }

  @ApiOperation({ operationId: 'listCasePlans', summary: 'Repayment plans of a case, newest first' })
  @ApiResponse({ status: 200, type: PlanPage, description: 'A page' })
  @caseParam
  @Roles(...READS)
  @Get('cases/:id/plans')
  listOfCase(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Query() request: PlanListRequest): Promise<PlanPage> {
    return this.plans.list(principal, id, request);
  }

  @ApiOperation({ operationId: 'listPlans', summary: 'Repayment plans of all cases that you may see, newest first' })
  @ApiResponse({ status: 200, type: PlanPage, description: 'A page' })
  @Roles(...READS)
  @Get('plans')
  list(@CurrentPrincipal() principal: Principal, @Query() request: PlanListRequest): Promise<PlanPage> {
    return this.plans.list(principal, null, request);
  }

  @ApiOperation({ operationId: 'findPlan', summary: 'A repayment plan with its instalments' })
  @shown('The plan')
  @planParam
  @Roles(...READS)
  @Get('plans/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<PlanDetailView> {
    return this.plans.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'revisePlan', summary: 'Write a draft anew' })
  @shown('The draft')
  @planParam
  @Roles(...DRAFTS)
  @Put('plans/:id')
  revise(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PlanRequest,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.plans.revise(principal, id, request, http.id);
  }

  @ApiOperation({ operationId: 'proposePlan', summary: 'Hand a draft to whoever may approve it' })
  @shown('The plan, proposed')
  @idempotent
  @planParam
  @Roles(...DRAFTS)
  @HttpCode(200)
  @Post('plans/:id/proposal')
  propose(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.plans.propose({ principal, idempotency, requestId: http.id }, id);
  }

  @ApiOperation({ operationId: 'approvePlan', summary: 'Approve what somebody else proposed, within your limit' })
  @shown('The plan, approved')
  @idempotent
  @planParam
  @Roles(...APPROVES)
  @HttpCode(200)
  @Post('plans/:id/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.plans.approve({ principal, idempotency, requestId: http.id }, id);
  }

  @ApiOperation({ operationId: 'returnPlan', summary: 'Give a plan that is proposed or approved back, to be revised' })
  @shown('The draft')
  @idempotent
  @planParam
  @Roles(...APPROVES)
  @HttpCode(200)
  @Post('plans/:id/return')
  giveBack(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PlanReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.plans.giveBack({ principal, idempotency, requestId: http.id }, id, request);
  }

  @ApiOperation({
    operationId: 'signPlan',
    summary: 'Take the signed agreement in: the plan is active, and no contact is permitted while it is kept',
  })
  @shown('The plan, active')
  @idempotent
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['agreedAt', 'file'],
      properties: { agreedAt: { type: 'string', format: 'date-time' }, file: { type: 'string', format: 'binary' } },
    },
  })
  @planParam
  @Roles(...DRAFTS)
  @HttpCode(200)
  @Post('plans/:id/signature')
  sign(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.documents.sign(principal, id, http, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'downloadPlanDocument', summary: 'The signed agreement as it came; each reading is recorded' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'PDF, JPEG or PNG, as its bytes say' })
  @planParam
  @Roles(...READS)
  @Get('plans/:id/document')
  async document(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<StreamableFile> {
    const { caseId, mediaType, pieces } = await this.documents.open(principal, id, http.id);
    const fileName = encodeURIComponent(`plan-${caseId}${ENDINGS[mediaType] ?? ''}`);
    return new StreamableFile(Readable.from(pieces), {
      type: mediaType,
      disposition: `attachment; filename="plan-${id}${ENDINGS[mediaType] ?? ''}"; filename*=UTF-8''${fileName}`,
    });
  }

  @ApiOperation({
    operationId: 'agreeOrally',
    summary: 'The plan was agreed on the telephone: the recording is kept until the debt is cleared (CC11 70)',
  })
  @shown('The plan, active')
  @idempotent
  @planParam
  @Roles(...DRAFTS)
  @HttpCode(200)
  @Post('plans/:id/oral-agreement')
  agreeOrally(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: OralAgreementRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.documents.agreeOrally({ principal, idempotency, requestId: http.id }, id, request);
  }

  @ApiOperation({ operationId: 'reinstatePlan', summary: 'Take a broken plan up again, once what has fallen due is paid' })
  @shown('The plan, active')
  @idempotent
  @planParam
  @Roles('collections-manager')
  @HttpCode(200)
  @Post('plans/:id/reinstatement')
  reinstate(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PlanReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.agreements.reinstate({ principal, idempotency, requestId: http.id }, id, request);
  }

  @ApiOperation({ operationId: 'cancelPlan', summary: 'End a plan: it is not wanted any more, or was broken and is given up' })
  @shown('The plan, cancelled')
  @idempotent
  @planParam
  @Roles('collections-manager')
  @HttpCode(200)
  @Post('plans/:id/cancellation')
  cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PlanReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<PlanDetailView> {
    return this.agreements.cancel({ principal, idempotency, requestId: http.id }, id, request);
  }
}
