import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, ROLES, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { AgencyListRequest, AgencyPage, AgencyView, StandingConsequences, StandingRequest } from './agency.dto.ts';
import { AgencyService } from './agency.service.ts';
import { StandingSettingService } from './standing-setting.service.ts';

const agencyParam = ApiParam({ name: 'agencyId', type: 'string', description: 'As given at import' });
@ApiTags('agency')
@Controller('v1/agencies')
export class AgencyController {
  constructor(
    @Inject(AgencyService) private readonly agencies: AgencyService,
    @Inject(StandingSettingService) private readonly standings: StandingSettingService,
  ) {}

  @ApiOperation({
    operationId: 'listAgencies',
    summary: 'Registered agencies in order of their id, and how they stand today; an agency finds itself alone',
  })
  @ApiResponse({ status: 200, type: AgencyPage, description: 'A page of agencies' })
  // A debtor may ask anyone which agency has the debt, and how it stands.
  @Roles(...ROLES)
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: AgencyListRequest): Promise<AgencyPage> {
    return this.agencies.list(principal, request);
  }

  @ApiOperation({
    operationId: 'findAgency',
    summary: 'One agency with its staff, work tools and the history of its standing; names masked by role, unmasked reads recorded',
  })
  @ApiResponse({ status: 200, type: AgencyView, description: 'The agency' })
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get(':agencyId')
  find(@CurrentPrincipal() principal: Principal, @Param('agencyId') agencyId: string, @Req() http: FastifyRequest): Promise<AgencyView> {
    return this.agencies.find(principal, agencyId, http.id);
  }

  @ApiOperation({
    operationId: 'foreseeAgencyStanding',
    summary: 'What follows if the agency may not contact any more: open permits that would be taken back, open cases to be taken back',
  })
  @ApiResponse({ status: 200, type: StandingConsequences, description: 'As of now' })
  @agencyParam
  @Roles('collections-manager', 'compliance')
  @Get(':agencyId/standing-consequences')
  foresee(@CurrentPrincipal() principal: Principal, @Param('agencyId') agencyId: string): Promise<StandingConsequences> {
    return this.standings.foresee(principal, agencyId);
  }

  @ApiOperation({
    operationId: 'setAgencyStanding',
    summary:
      'Suspend, reactivate or publish an agency, or say its contract anew; holds from the very next request for a contact, and takes open permits back',
  })
  @ApiResponse({ status: 200, type: AgencyView, description: 'The agency' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @agencyParam
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post(':agencyId/standing')
  setStanding(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: StandingRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyView> {
    return this.standings.set(principal, agencyId, request, { idempotency, requestId: http.id });
  }
}
