import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { ActPage } from '../act/act.dto.ts';
import { ConsentView, HoldView, OptOutView } from './case.dto.ts';
import { CaseNotesService } from './case-notes.service.ts';
import { HoldSettingService } from './hold-setting.service.ts';
import { PreferenceService } from './preference.service.ts';
import {
  ConsentRequest,
  HoldRequest,
  OptOutRequest,
  PointStatusRequest,
  PointStatusView,
  ReasonRequest,
  ReferralNoticeRequest,
  ReferralNoticeView,
  WithdrawalRequest,
} from './register.dto.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const caseParam = ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' });
const idParam = (what: string) =>
  ApiParam({ name: 'id', description: `The id of the ${what}`, schema: { type: 'string', format: 'uuid' } });
// Whoever speaks with the parties, and whoever answers for it.
const HEARS = ['agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration'] as const;
// What lets contact go on again is the bank's to say.
const DECIDES = ['collections-manager', 'compliance'] as const;

@ApiTags('case')
@idempotent
@Controller('v1')
export class RegisterController {
  constructor(
    @Inject(HoldSettingService) private readonly holds: HoldSettingService,
    @Inject(PreferenceService) private readonly preferences: PreferenceService,
    @Inject(CaseNotesService) private readonly notes: CaseNotesService,
  ) {}

  @ApiOperation({
    operationId: 'setHold',
    summary:
      'Stop contact with the debtor of a case. `cease`, `deceased`, `incapacity`, `legal-rep` and `insolvency` by anyone here, the rest by the bank',
  })
  @ApiResponse({ status: 201, type: HoldView, description: 'The hold' })
  @caseParam
  @Roles(...HEARS)
  @Post('cases/:id/holds')
  setHold(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: HoldRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<HoldView> {
    return this.holds.set(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'releaseHold', summary: 'End a hold now' })
  @ApiResponse({ status: 200, type: HoldView, description: 'The hold, over' })
  @idParam('hold')
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('holds/:id/release')
  releaseHold(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<HoldView> {
    return this.holds.release(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'giveConsent', summary: 'Note what a party agreed to, and where the proof is' })
  @ApiResponse({ status: 201, type: ConsentView, description: 'The consent' })
  @caseParam
  @Roles(...HEARS)
  @Post('cases/:id/consents')
  giveConsent(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ConsentRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ConsentView> {
    return this.preferences.consent(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'withdrawConsent', summary: 'Note that a consent was withdrawn' })
  @ApiResponse({ status: 200, type: ConsentView, description: 'The consent, withdrawn' })
  @idParam('consent')
  @Roles(...HEARS)
  @HttpCode(200)
  @Post('consents/:id/withdrawal')
  withdrawConsent(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: WithdrawalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ConsentView> {
    return this.preferences.withdrawConsent(principal, id, request, idempotency);
  }

  @ApiOperation({
    operationId: 'setOptOut',
    summary: 'Note a channel, a contact point, or all contact that a party wants no more, in every case of the debtor',
  })
  @ApiResponse({ status: 201, type: OptOutView, description: 'The opt-out' })
  @caseParam
  @Roles(...HEARS)
  @Post('cases/:id/opt-outs')
  setOptOut(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: OptOutRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<OptOutView> {
    return this.preferences.optOut(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'withdrawOptOut', summary: 'Note that a party takes an opt-out back' })
  @ApiResponse({ status: 200, type: OptOutView, description: 'The opt-out, withdrawn' })
  @idParam('opt-out')
  @Roles(...DECIDES, 'integration')
  @HttpCode(200)
  @Post('opt-outs/:id/withdrawal')
  withdrawOptOut(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: WithdrawalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<OptOutView> {
    return this.preferences.withdrawOptOut(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'noteReferral', summary: 'Note that the debtor was told of the referral to the agency that has the case' })
  @ApiResponse({ status: 201, type: ReferralNoticeView, description: 'When the debtor was told' })
  @caseParam
  @Roles(...DECIDES, 'integration')
  @Post('cases/:id/referral-notice')
  noteReferral(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReferralNoticeRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ReferralNoticeView> {
    return this.notes.tellReferral(principal, id, request, idempotency);
  }

  @ApiOperation({
    operationId: 'setPointStatus',
    summary: 'Say whether a contact point serves; for the same person in every case of the debtor',
  })
  @ApiResponse({ status: 200, type: PointStatusView, description: 'The contact point' })
  @caseParam
  @ApiParam({ name: 'pointId', description: 'The id of the contact point', schema: { type: 'string', format: 'uuid' } })
  @Roles(...HEARS)
  @HttpCode(200)
  @Post('cases/:id/contact-points/:pointId/status')
  setPointStatus(
    @CurrentPrincipal() principal: Principal,
    @Param('id') caseId: string,
    @Param('pointId') pointId: string,
    @Body() request: PointStatusRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PointStatusView> {
    return this.notes.setPointStatus(principal, { caseId, pointId }, request, idempotency);
  }
}

@ApiTags('case')
@Controller('v1/cases')
export class CaseActController {
  constructor(@Inject(CaseNotesService) private readonly notes: CaseNotesService) {}

  @ApiOperation({
    operationId: 'listCaseActs',
    summary: 'What people set, released and noted on a case: who, when, why, and where the proof is',
  })
  @ApiResponse({ status: 200, type: ActPage, description: 'A page, oldest first' })
  @caseParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration')
  @Get(':id/acts')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Query() request: PageRequest): Promise<ActPage> {
    return this.notes.listActs(principal, id, request);
  }
}
