import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import {
  AddedPointView,
  PartyChangeView,
  PartyProposalListView,
  PartyReasonRequest,
  PartyRequest,
  PartyRoleRequest,
  PointCheckRequest,
  PointRequest,
} from './party.dto.ts';
import { PartyService } from './party.service.ts';
import { PointService } from './point.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const caseParam = ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' });
const partyParam = ApiParam({ name: 'partyId', type: 'string', description: 'By id or by the partyId given at import' });
const uuid = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const HEARS = ['agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration'] as const;
const DECIDES = ['collections-manager', 'compliance'] as const;

@ApiTags('case')
@idempotent
@Controller('v1')
export class PartyController {
  constructor(
    @Inject(PartyService) private readonly parties: PartyService,
    @Inject(PointService) private readonly points: PointService,
  ) {}

  @ApiOperation({
    operationId: 'addContactPoint',
    summary: 'Add a number or address of a party, with its lawful source and who made sure of it when',
  })
  @ApiResponse({ status: 201, type: AddedPointView, description: 'The contact point' })
  @caseParam
  @Roles(...HEARS)
  @Post('cases/:id/contact-points')
  addPoint(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PointRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AddedPointView> {
    return this.points.add(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'checkContactPoint', summary: 'Note that somebody made sure of a contact point, how, and what came of it' })
  @ApiResponse({ status: 200, type: AddedPointView, description: 'The contact point' })
  @caseParam
  @ApiParam({ name: 'pointId', schema: { type: 'string', format: 'uuid' } })
  @Roles(...HEARS)
  @HttpCode(200)
  @Post('cases/:id/contact-points/:pointId/checks')
  checkPoint(
    @CurrentPrincipal() principal: Principal,
    @Param('id') caseId: string,
    @Param('pointId') pointId: string,
    @Body() request: PointCheckRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AddedPointView> {
    return this.points.check(principal, { caseId, pointId }, request, idempotency);
  }

  @ApiOperation({ operationId: 'addParty', summary: 'Add a person to a case; a co-debtor or guarantor when a second person approves' })
  @ApiResponse({ status: 201, type: PartyChangeView, description: 'Added, or proposed' })
  @caseParam
  @Roles(...HEARS)
  @Post('cases/:id/parties')
  add(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: PartyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PartyChangeView> {
    return this.parties.add(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'makePartyLiable', summary: 'Propose that a person on the case be a co-debtor or guarantor' })
  @ApiResponse({ status: 201, type: PartyChangeView, description: 'Proposed' })
  @caseParam
  @partyParam
  @Roles(...HEARS)
  @Post('cases/:id/parties/:partyId/liability')
  makeLiable(
    @CurrentPrincipal() principal: Principal,
    @Param('id') caseId: string,
    @Param('partyId') partyId: string,
    @Body() request: PartyRoleRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PartyChangeView> {
    return this.parties.makeLiable(principal, { caseId, partyId }, request, idempotency);
  }

  @ApiOperation({ operationId: 'endParty', summary: 'End that a person is a party: nobody to be collected from any more' })
  @ApiResponse({ status: 200, type: PartyChangeView, description: 'Ended' })
  @caseParam
  @partyParam
  @Roles(...DECIDES, 'integration')
  @HttpCode(200)
  @Post('cases/:id/parties/:partyId/end')
  end(
    @CurrentPrincipal() principal: Principal,
    @Param('id') caseId: string,
    @Param('partyId') partyId: string,
    @Body() { reason }: PartyReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PartyChangeView> {
    return this.parties.end(principal, { caseId, partyId }, reason, idempotency);
  }

  @ApiOperation({ operationId: 'listPartyProposals', summary: 'Persons of a case who are to become liable and wait for a second person' })
  @ApiResponse({ status: 200, type: PartyProposalListView, description: 'Those that wait' })
  @caseParam
  @Roles(...HEARS)
  @Get('cases/:id/party-proposals')
  waiting(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<PartyProposalListView> {
    return this.parties.waiting(principal, id);
  }

  @ApiOperation({ operationId: 'approveParty', summary: 'Approve that a person is liable; not by who proposed it' })
  @ApiResponse({ status: 200, type: PartyChangeView, description: 'Approved' })
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('party-proposals/:id/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PartyChangeView> {
    return this.parties.approve(principal, id, idempotency);
  }

  @ApiOperation({ operationId: 'rejectParty', summary: 'Refuse it' })
  @ApiResponse({ status: 200, type: PartyChangeView, description: 'Rejected' })
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('party-proposals/:id/rejection')
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: PartyReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PartyChangeView> {
    return this.parties.reject(principal, id, reason, idempotency);
  }
}
