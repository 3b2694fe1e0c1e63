import { Body, Controller, Get, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { AgencyRequest, ProfileRequest, ProfileView } from './profile.dto.ts';
import { ProfileService } from './profile.service.ts';

const agencyParam = ApiParam({ name: 'agencyId', type: 'string', description: 'As given when it was registered' });
const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});

@ApiTags('agency')
@Controller('v1/agencies')
export class ProfileController {
  constructor(@Inject(ProfileService) private readonly profiles: ProfileService) {}

  @ApiOperation({ operationId: 'registerAgency', summary: 'Register a candidate: an agency that two persons have yet to admit' })
  @ApiResponse({ status: 201, type: ProfileView, description: 'What is kept of it' })
  @idempotencyHeader
  @Roles('collections-manager', 'compliance')
  @Post()
  register(
    @CurrentPrincipal() principal: Principal,
    @Body() request: AgencyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ProfileView> {
    return this.profiles.register(principal, request, { idempotency, requestId: http.id });
  }

  @ApiOperation({
    operationId: 'findAgencyProfile',
    summary: 'Licence, owners, approvals, contacts and responsible person of an agency; masked by role, unmasked reads recorded',
  })
  @ApiResponse({ status: 200, type: ProfileView, description: 'What is kept of it' })
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get(':agencyId/profile')
  find(@CurrentPrincipal() principal: Principal, @Param('agencyId') agencyId: string, @Req() http: FastifyRequest): Promise<ProfileView> {
    return this.profiles.find(principal, agencyId, http.id);
  }

  @ApiOperation({ operationId: 'writeAgencyProfile', summary: 'Write the whole profile of an agency anew' })
  @ApiResponse({ status: 200, type: ProfileView, description: 'What is kept of it' })
  @idempotencyHeader
  @agencyParam
  @Roles('collections-manager', 'compliance')
  @Put(':agencyId/profile')
  write(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: ProfileRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ProfileView> {
    return this.profiles.write(principal, request, { agencyId, idempotency, requestId: http.id });
  }
}
