import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { EntrustingService } from './entrusting.service.ts';
import {
  CapacityListView,
  CapacityRequest,
  CapacityView,
  CaseEntrustmentView,
  EntrustListRequest,
  EntrustmentSettingRequest,
  EntrustmentSettingView,
  EntrustRequest,
  ReferralNoticeListRequest,
  PlacedListView,
  PlacedView,
  ProposalListRequest,
  ProposalPage,
  RecalledListView,
  RecalledView,
  RecallListRequest,
  RecallRequest,
} from './entrustment.dto.ts';
import { EntrustmentViewService } from './entrustment-view.service.ts';
import { EntrustmentSettingService } from './setting.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const caseParam = ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' });

@ApiTags('entrustment')
@idempotent
@Controller('v1')
export class EntrustmentController {
  constructor(
    @Inject(EntrustingService) private readonly entrusting: EntrustingService,
    @Inject(EntrustmentViewService) private readonly views: EntrustmentViewService,
  ) {}

  @ApiOperation({ operationId: 'findEntrustment', summary: 'Which agencies have had a case, and which one it waits for' })
  @ApiResponse({ status: 200, type: CaseEntrustmentView, description: 'The ledger of the case' })
  @caseParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration')
  @Get('cases/:id/entrustment')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<CaseEntrustmentView> {
    return this.views.ofCase(principal, id);
  }

  @ApiOperation({
    operationId: 'entrustCase',
    summary: 'Give a case to an agency; without a referral notice it waits until the debtor is told',
  })
  @ApiResponse({ status: 201, type: PlacedView, description: 'Entrusted, or waiting' })
  @caseParam
  @Roles('collections-manager', 'integration')
  @Post('cases/:id/entrustment')
  entrust(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: EntrustRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PlacedView> {
    return this.entrusting.entrust(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'withdrawEntrustment', summary: 'Let a case wait for an agency no more' })
  @ApiResponse({ status: 200, type: PlacedView, description: 'What was withdrawn' })
  @caseParam
  @Roles('collections-manager', 'compliance', 'integration')
  @HttpCode(200)
  @Post('cases/:id/entrustment/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: RecallRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PlacedView> {
    return this.entrusting.withdraw(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'recallCase', summary: 'Take a case back from its agency; its open permits are revoked' })
  @ApiResponse({ status: 200, type: RecalledView, description: 'Taken back' })
  @caseParam
  @Roles('collections-manager', 'compliance', 'integration')
  @HttpCode(200)
  @Post('cases/:id/recall')
  recall(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: RecallRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RecalledView> {
    return this.entrusting.recall(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'listPendingEntrustments', summary: 'Cases that wait for an agency, the oldest first' })
  @ApiResponse({ status: 200, type: ProposalPage, description: 'A page' })
  @Roles('collections-manager', 'compliance', 'regulator', 'integration')
  @Get('entrustments/pending')
  pending(@CurrentPrincipal() principal: Principal, @Query() request: ProposalListRequest): Promise<ProposalPage> {
    return this.views.pending(principal, request);
  }

  @ApiOperation({ operationId: 'entrustCases', summary: 'Give many cases to an agency: what can go goes, what cannot is said' })
  @ApiResponse({ status: 201, type: PlacedListView, description: 'What came of each' })
  @Roles('collections-manager', 'integration')
  @Post('entrustments')
  entrustList(
    @CurrentPrincipal() principal: Principal,
    @Body() request: EntrustListRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PlacedListView> {
    return this.entrusting.entrustList(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'recallCases', summary: 'Take many cases back from their agencies' })
  @ApiResponse({ status: 200, type: RecalledListView, description: 'What was taken back' })
  @Roles('collections-manager', 'compliance', 'integration')
  @HttpCode(200)
  @Post('entrustments/recall')
  recallList(
    @CurrentPrincipal() principal: Principal,
    @Body() request: RecallListRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RecalledListView> {
    return this.entrusting.recallList(principal, request, idempotency);
  }

  @ApiOperation({
    operationId: 'noteReferrals',
    summary: 'Note of many cases that wait for an agency that their debtors were told; they go to it when the time has passed',
  })
  @ApiResponse({ status: 201, type: PlacedListView, description: 'What came of each' })
  @Roles('collections-manager', 'compliance', 'integration')
  @Post('entrustments/notices')
  tellMany(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ReferralNoticeListRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PlacedListView> {
    return this.entrusting.tellMany(principal, request, idempotency);
  }
}

@ApiTags('entrustment')
@Controller('v1')
export class EntrustmentSettingController {
  constructor(@Inject(EntrustmentSettingService) private readonly settings: EntrustmentSettingService) {}

  @ApiOperation({ operationId: 'findEntrustmentSettings', summary: 'What the institution asks of its entrusting' })
  @ApiResponse({ status: 200, type: EntrustmentSettingView, description: 'The settings' })
  @Roles('collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get('entrustment-settings')
  find(@CurrentPrincipal() principal: Principal): Promise<EntrustmentSettingView> {
    return this.settings.find(principal);
  }

  @ApiOperation({ operationId: 'setEntrustmentSettings', summary: 'Say them anew; they hold from the next entrusting' })
  @ApiResponse({ status: 200, type: EntrustmentSettingView, description: 'The settings' })
  @Roles('collections-manager', 'compliance')
  @Put('entrustment-settings')
  put(@CurrentPrincipal() principal: Principal, @Body() request: EntrustmentSettingRequest): Promise<EntrustmentSettingView> {
    return this.settings.put(principal, request);
  }

  @ApiOperation({ operationId: 'listCapacities', summary: 'How many cases each agency has and may have; an agency finds itself alone' })
  @ApiResponse({ status: 200, type: CapacityListView, description: 'In order of the agency id' })
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get('entrustment-capacities')
  capacities(@CurrentPrincipal() principal: Principal): Promise<CapacityListView> {
    return this.settings.capacities(principal);
  }

  @ApiOperation({ operationId: 'setCapacity', summary: 'Say how many open cases an agency may have' })
  @ApiResponse({ status: 200, type: CapacityView, description: 'The agency' })
  @idempotent
  @ApiParam({ name: 'agencyId', type: 'string', description: 'As given at import' })
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post('agencies/:agencyId/capacity')
  setCapacity(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() { maxOpenCases }: CapacityRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CapacityView> {
    return this.settings.setCapacity(principal, agencyId, maxOpenCases, idempotency);
  }
}
