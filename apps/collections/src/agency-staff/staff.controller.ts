import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { CertificateService } from './certificate.service.ts';
import {
  AgencyStaffPage,
  AgencyStaffView,
  CertificateRequest,
  IdentityCheckRequest,
  SeatRequest,
  StaffChangeRequest,
  StaffListRequest,
  StaffReasonRequest,
  StaffRequest,
} from './staff.dto.ts';
import { StaffService } from './staff.service.ts';

const agencyParam = ApiParam({ name: 'agencyId', type: 'string' });
const collectorParam = ApiParam({ name: 'collectorId', type: 'string' });
const certificateParam = ApiParam({ name: 'certificateId', schema: { type: 'string', format: 'uuid' } });
const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});
const shown = (status: 200 | 201) => ApiResponse({ status, type: AgencyStaffView, description: 'The collector' });

@ApiTags('agency')
@agencyParam
@Controller('v1/agencies/:agencyId/staff')
export class StaffController {
  constructor(
    @Inject(StaffService) private readonly staff: StaffService,
    @Inject(CertificateService) private readonly certificates: CertificateService,
  ) {}

  @ApiOperation({
    operationId: 'listAgencyStaff',
    summary:
      'Collectors of an agency with identity check, certificates, seat, tools and training; names masked by role, unmasked reads recorded',
  })
  @ApiResponse({ status: 200, type: AgencyStaffPage, description: 'A page of collectors' })
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Query() request: StaffListRequest,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffPage> {
    return this.staff.list(principal, agencyId, request, http.id);
  }

  @ApiOperation({
    operationId: 'registerAgencyStaff',
    summary: 'Register a collector; fit once the bank has checked who it is and seen a certificate',
  })
  @shown(201)
  @idempotencyHeader
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @Post()
  register(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: StaffRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffView> {
    return this.staff.register(principal, request, { agencyId, idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'writeAgencyStaff', summary: 'Write a collector anew; another name or number has to be checked again' })
  @shown(200)
  @idempotencyHeader
  @collectorParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @Put(':collectorId')
  write(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, collectorId }: Record<'agencyId' | 'collectorId', string>,
    @Body() request: StaffChangeRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffView> {
    return this.staff.write(principal, request, { agencyId, collectorId, idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'checkAgencyStaffIdentity', summary: 'Say that the bank has checked who a collector is, and how' })
  @shown(200)
  @idempotencyHeader
  @collectorParam
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post(':collectorId/identity-check')
  checkIdentity(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, collectorId }: Record<'agencyId' | 'collectorId', string>,
    @Body() request: IdentityCheckRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffView> {
    return this.certificates.checkIdentity(principal, request, { agencyId, collectorId, idempotency, requestId: http.id });
  }

  @ApiOperation({
    operationId: 'addAgencyCertificate',
    summary: 'Add a training certificate; one that the agency brings counts when the bank has confirmed it',
  })
  @shown(201)
  @idempotencyHeader
  @collectorParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @Post(':collectorId/certificates')
  addCertificate(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, collectorId }: Record<'agencyId' | 'collectorId', string>,
    @Body() request: CertificateRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffView> {
    return this.certificates.add(principal, request, { agencyId, collectorId, idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'confirmAgencyCertificate', summary: 'Say that the bank has seen a certificate that the agency brought' })
  @shown(200)
  @idempotencyHeader
  @collectorParam
  @certificateParam
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post(':collectorId/certificates/:certificateId/confirmation')
  confirmCertificate(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, collectorId, certificateId }: Record<'agencyId' | 'collectorId' | 'certificateId', string>,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffView> {
    return this.certificates.confirm(principal, certificateId, { agencyId, collectorId, idempotency, requestId: http.id });
  }

  @ApiOperation({
    operationId: 'revokeAgencyCertificate',
    summary: 'Take a certificate out of account; permits that hang on it are taken back',
  })
  @shown(200)
  @idempotencyHeader
  @collectorParam
  @certificateParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @HttpCode(200)
  @Post(':collectorId/certificates/:certificateId/revocation')
  revokeCertificate(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, collectorId, certificateId }: Record<'agencyId' | 'collectorId' | 'certificateId', string>,
    @Body() request: StaffReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffView> {
    return this.certificates.revoke(principal, certificateId, request, { agencyId, collectorId, idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'seatAgencyStaff', summary: 'Give a collector a seat, another, or none: a seat has one person at a time' })
  @shown(200)
  @idempotencyHeader
  @collectorParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @Put(':collectorId/seat')
  sit(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, collectorId }: Record<'agencyId' | 'collectorId', string>,
    @Body() request: SeatRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffView> {
    return this.staff.sit(principal, request, { agencyId, collectorId, idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'endAgencyStaff', summary: 'Say that a collector has left: seat and tools end, and permits are taken back' })
  @shown(200)
  @idempotencyHeader
  @collectorParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @HttpCode(200)
  @Post(':collectorId/leaving')
  leave(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, collectorId }: Record<'agencyId' | 'collectorId', string>,
    @Body() request: StaffReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<AgencyStaffView> {
    return this.staff.leave(principal, request, { agencyId, collectorId, idempotency, requestId: http.id });
  }
}
