import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import type { Page } from '#wire';
import { ApprovalService } from './approval.service.ts';
import { PolicyDraftView, PolicyReasonRequest } from './draft.dto.ts';
import { DECIDERS, READERS } from './policy.roles.ts';
import {
  InForceRequest,
  PolicyInForceView,
  PolicyVersionFilter,
  PolicyVersionItem,
  PolicyVersionPage,
  PolicyVersionView,
} from './version.dto.ts';
import { VersionService } from './version.service.ts';

const versionNumber = ApiParam({ name: 'number', schema: { type: 'integer', minimum: 1 } });

@ApiTags('policy')
@languageHeader
@Controller('v1')
export class VersionController {
  constructor(
    @Inject(VersionService) private readonly versions: VersionService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  @ApiOperation({ operationId: 'listPolicyVersions', summary: 'What the institution decided, the newest first' })
  @ApiResponse({ status: 200, type: PolicyVersionPage, description: 'A page of versions' })
  @Roles(...READERS)
  @Get('policy-versions')
  list(@CurrentPrincipal() principal: Principal, @Query() filter: PolicyVersionFilter): Promise<Page<PolicyVersionItem>> {
    return this.versions.list(principal, filter);
  }

  @ApiOperation({ operationId: 'findPolicyVersion', summary: 'A version, and how it came about' })
  @ApiResponse({ status: 200, type: PolicyVersionView, description: 'The version' })
  @versionNumber
  @Roles(...READERS)
  @Get('policy-versions/:number')
  find(@CurrentPrincipal() principal: Principal, @Param('number') number: string): Promise<PolicyVersionView> {
    return this.versions.find(principal, number);
  }

  @ApiOperation({ operationId: 'recallPolicyVersion', summary: 'Call back a version that has not begun; what is in force stays in force' })
  @ApiResponse({ status: 200, type: PolicyDraftView, description: 'The draft that it was' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @versionNumber
  @Roles(...DECIDERS)
  @HttpCode(200)
  @Post('policy-versions/:number/recall')
  recall(
    @CurrentPrincipal() principal: Principal,
    @Param('number') number: string,
    @Body() { reason }: PolicyReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<PolicyDraftView> {
    return this.approvals.recall(principal, number, reason, idempotency, language);
  }

  @ApiOperation({ operationId: 'findPolicyInForce', summary: 'The policy in force for a product at an instant, row by row in words' })
  @ApiResponse({ status: 200, type: PolicyInForceView, description: 'The policy' })
  @Roles(...READERS)
  @Get('policy-in-force')
  inForce(
    @CurrentPrincipal() principal: Principal,
    @Query() request: InForceRequest,
    @Lang() language: Language,
  ): Promise<PolicyInForceView> {
    return this.versions.inForce(principal, request, language);
  }
}
