import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { TimelinePage } from '../timeline/timeline.view.ts';
import { ComplaintFilterRequest, ComplaintListRequest, ComplaintRequest } from './complaint.dto.ts';
import { ComplaintService } from './complaint.service.ts';
import { ComplaintCounts, ComplaintPage, ComplaintView } from './complaint.view.ts';
import { ListingService } from './listing.service.ts';
import { READERS } from './readers.ts';

const complaintId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('complaint')
@Roles(...READERS)
@Controller('v1')
export class ComplaintController {
  constructor(
    @Inject(ComplaintService) private readonly complaints: ComplaintService,
    @Inject(ListingService) private readonly listing: ListingService,
  ) {}

  @ApiOperation({
    operationId: 'registerComplaint',
    summary: 'Register a complaint, which starts its clock; the same externalRef with the same content is the complaint that is there',
  })
  @ApiResponse({ status: 201, type: ComplaintView, description: 'The complaint with its clock' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same complaint; kept 7 days' })
  @Roles('complaint-handler', 'complaint-supervisor', 'integration')
  @Post('complaints')
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ComplaintRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ComplaintView> {
    return this.complaints.create(principal, request, idempotency, http.id);
  }

  @ApiOperation({
    operationId: 'listComplaints',
    summary: 'Open complaints by when they are due, then closed ones; personal data masked by role, unmasked reads recorded',
  })
  @ApiResponse({ status: 200, type: ComplaintPage, description: 'A page of complaints' })
  @Get('complaints')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() request: ComplaintListRequest,
    @Req() http: FastifyRequest,
  ): Promise<ComplaintPage> {
    return this.listing.list(principal, request, http.id);
  }

  @ApiOperation({
    operationId: 'countComplaints',
    summary: 'How many complaints there are by when they are due, of those that a list would show',
  })
  @ApiResponse({ status: 200, type: ComplaintCounts, description: 'The counts' })
  @Get('complaint-counts')
  counts(@CurrentPrincipal() principal: Principal, @Query() request: ComplaintFilterRequest): Promise<ComplaintCounts> {
    return this.listing.counts(principal, request);
  }

  @ApiOperation({ operationId: 'findComplaint', summary: 'One complaint with its clock' })
  @ApiResponse({ status: 200, type: ComplaintView, description: 'The complaint' })
  @complaintId
  @Get('complaints/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<ComplaintView> {
    return this.complaints.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'listTimeline', summary: 'What happened to a complaint, in the order in which it was recorded' })
  @ApiResponse({ status: 200, type: TimelinePage, description: 'A page of the timeline' })
  @complaintId
  @languageHeader
  @Get('complaints/:id/timeline')
  timeline(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: PageRequest,
    @Req() http: FastifyRequest,
    @Lang() language: Language,
  ): Promise<TimelinePage> {
    return this.complaints.timeline(principal, id, request, { requestId: http.id, language });
  }
}
