import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import type { Page } from '#wire';
import { ApprovalService } from './approval.service.ts';
import {
  ApprovalRequest,
  PolicyDiffView,
  PolicyDraftChange,
  PolicyDraftFilter,
  PolicyDraftPage,
  PolicyDraftRequest,
  PolicyDraftView,
  PolicyReasonRequest,
} from './draft.dto.ts';
import { DraftService } from './draft.service.ts';
import { DECIDERS, READERS, WRITERS } from './policy.roles.ts';
import { VersionService } from './version.service.ts';

const draftId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});

@ApiTags('policy')
@languageHeader
@Controller('v1/policy-drafts')
export class DraftController {
  constructor(
    @Inject(DraftService) private readonly drafts: DraftService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(VersionService) private readonly versions: VersionService,
  ) {}

  @ApiOperation({
    operationId: 'createPolicyDraft',
    summary: 'Begin a change of the policy; where it is looser than a pack, the answer says so',
  })
  @ApiResponse({ status: 201, type: PolicyDraftView, description: 'The draft' })
  @idempotencyHeader
  @Roles(...WRITERS)
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: PolicyDraftRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<PolicyDraftView> {
    return this.drafts.create(principal, request, idempotency, language);
  }

  @ApiOperation({ operationId: 'listPolicyDrafts', summary: 'The drafts of the institution, the newest first' })
  @ApiResponse({ status: 200, type: PolicyDraftPage, description: 'A page of drafts' })
  @Roles(...READERS)
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() filter: PolicyDraftFilter,
    @Lang() language: Language,
  ): Promise<Page<PolicyDraftView>> {
    return this.drafts.list(principal, filter, language);
  }

  @ApiOperation({ operationId: 'findPolicyDraft', summary: 'A draft and what was done with it' })
  @ApiResponse({ status: 200, type: PolicyDraftView, description: 'The draft' })
  @draftId
  @Roles(...READERS)
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<PolicyDraftView> {
    return this.drafts.find(principal, id, language);
  }

  @ApiOperation({ operationId: 'changePolicyDraft', summary: 'Write a draft anew; by its author, before it is submitted' })
  @ApiResponse({ status: 200, type: PolicyDraftView, description: 'The draft, a revision on' })
  @draftId
  @Roles(...WRITERS)
  @Put(':id')
  change(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PolicyDraftChange,
    @Lang() language: Language,
  ): Promise<PolicyDraftView> {
    return this.drafts.change(principal, id, request, language);
  }

  @ApiOperation({ operationId: 'diffPolicyDraft', summary: 'What the draft changes, in words, beside what is in force for its product' })
  @ApiResponse({ status: 200, type: PolicyDiffView, description: 'The changes' })
  @draftId
  @Roles(...READERS)
  @Get(':id/diff')
  diff(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<PolicyDiffView> {
    return this.versions.diff(principal, id, language);
  }

  @ApiOperation({ operationId: 'submitPolicyDraft', summary: 'Give a draft to a second person; refused when it is looser than a pack' })
  @ApiResponse({ status: 200, type: PolicyDraftView, description: 'The draft, submitted' })
  @idempotencyHeader
  @draftId
  @Roles(...WRITERS)
  @HttpCode(200)
  @Post(':id/submission')
  submit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<PolicyDraftView> {
    return this.drafts.submit(principal, id, idempotency, language);
  }

  @ApiOperation({
    operationId: 'approvePolicyDraft',
    summary: 'Publish a submitted draft as the next version, at once or later; never by its author',
  })
  @ApiResponse({ status: 200, type: PolicyDraftView, description: 'The draft, approved, with the number of the version' })
  @idempotencyHeader
  @draftId
  @Roles(...DECIDERS)
  @HttpCode(200)
  @Post(':id/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ApprovalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<PolicyDraftView> {
    return this.approvals.approve(principal, id, request, idempotency, language);
  }

  @ApiOperation({ operationId: 'rejectPolicyDraft', summary: 'Decide against a submitted draft; never by its author' })
  @ApiResponse({ status: 200, type: PolicyDraftView, description: 'The draft, rejected' })
  @idempotencyHeader
  @draftId
  @Roles(...DECIDERS)
  @HttpCode(200)
  @Post(':id/rejection')
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: PolicyReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<PolicyDraftView> {
    return this.approvals.reject(principal, id, reason, idempotency, language);
  }

  @ApiOperation({ operationId: 'withdrawPolicyDraft', summary: 'Give up a draft that nobody has decided on; by its author' })
  @ApiResponse({ status: 200, type: PolicyDraftView, description: 'The draft, withdrawn' })
  @idempotencyHeader
  @draftId
  @Roles(...WRITERS)
  @HttpCode(200)
  @Post(':id/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<PolicyDraftView> {
    return this.drafts.withdraw(principal, id, idempotency, language);
  }
}
