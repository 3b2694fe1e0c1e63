import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { BadFaithListService } from './bad-faith-list.service.ts';
import {
  BadFaithDecisionRequest,
  BadFaithFlagRequest,
  BadFaithListRequest,
  BadFaithPage,
  BadFaithReportRequest,
  BadFaithSecondRequest,
  BadFaithSettingsRequest,
  BadFaithSettingsView,
  BadFaithView,
} from './bad-faith.dto.ts';
import { BadFaithService, type Asked } from './bad-faith.service.ts';

const complaintId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const flagParam = ApiParam({ name: 'flagId', schema: { type: 'string', format: 'uuid' } });
const reportParam = ApiParam({ name: 'reportId', schema: { type: 'string', format: 'uuid' } });
const keyHeader = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const asView = ApiResponse({ status: 200, type: BadFaithView, description: 'What is known and decided' });

const askedOf = (principal: Principal, id: string, idempotency: IdempotentRequest | null, http: FastifyRequest): Asked => ({
  principal,
  complaintId: id,
  idempotency,
  requestId: http.id,
});

@ApiTags('bad-faith')
@Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator')
@Controller('v1')
export class BadFaithController {
  constructor(
    @Inject(BadFaithService) private readonly badFaith: BadFaithService,
    @Inject(BadFaithListService) private readonly listing: BadFaithListService,
  ) {}

  @ApiOperation({
    operationId: 'listBadFaith',
    summary: 'Complaints whose score asks for a look, or about which somebody decided; the highest first',
  })
  @ApiResponse({ status: 200, type: BadFaithPage, description: 'A page of them' })
  @Get('bad-faith')
  list(@CurrentPrincipal() principal: Principal, @Query() request: BadFaithListRequest): Promise<BadFaithPage> {
    return this.listing.list(principal, request);
  }

  @ApiOperation({ operationId: 'findBadFaithSettings', summary: 'The signs and their weights in force' })
  @ApiResponse({ status: 200, type: BadFaithSettingsView, description: 'The settings' })
  @Get('bad-faith-settings')
  settings(@CurrentPrincipal() principal: Principal): Promise<BadFaithSettingsView> {
    return this.listing.findSettings(principal);
  }

  @ApiOperation({ operationId: 'putBadFaithSettings', summary: 'Set the next version of the signs and their weights' })
  @ApiResponse({ status: 200, type: BadFaithSettingsView, description: 'The settings' })
  @Roles('compliance')
  @Put('bad-faith-settings')
  setSettings(@CurrentPrincipal() principal: Principal, @Body() request: BadFaithSettingsRequest): Promise<BadFaithSettingsView> {
    return this.listing.setSettings(principal, request);
  }

  @ApiOperation({
    operationId: 'findBadFaith',
    summary: 'The score of a complaint sign by sign, and what people decided; it changes nothing else',
  })
  @asView
  @complaintId
  @Get('complaints/:id/bad-faith')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<BadFaithView> {
    return this.badFaith.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'flagForgedProof', summary: 'Say that a proof looks forged' })
  @asView
  @keyHeader
  @complaintId
  @Roles('complaint-handler', 'complaint-supervisor', 'compliance')
  @HttpCode(200)
  @Post('complaints/:id/bad-faith-flags')
  flag(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { note }: BadFaithFlagRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<BadFaithView> {
    return this.badFaith.flag(askedOf(principal, id, idempotency, http), note);
  }

  @ApiOperation({ operationId: 'withdrawForgedProof', summary: 'Take a flag back' })
  @asView
  @keyHeader
  @complaintId
  @flagParam
  @Roles('complaint-handler', 'complaint-supervisor', 'compliance')
  @HttpCode(200)
  @Post('complaints/:id/bad-faith-flags/:flagId/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param() { id, flagId }: Record<'id' | 'flagId', string>,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<BadFaithView> {
    return this.badFaith.withdrawFlag(askedOf(principal, id, idempotency, http), flagId);
  }

  @ApiOperation({
    operationId: 'decideBadFaith',
    summary: 'Say whether it is suspected (HLJ 29); `suspected` stands when a second person agrees',
  })
  @asView
  @keyHeader
  @complaintId
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post('complaints/:id/bad-faith-decisions')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: BadFaithDecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<BadFaithView> {
    return this.badFaith.decide(askedOf(principal, id, idempotency, http), request);
  }

  @ApiOperation({ operationId: 'secondBadFaith', summary: 'The second person’s word on what another suspects' })
  @asView
  @keyHeader
  @complaintId
  @Roles('compliance')
  @HttpCode(200)
  @Post('complaints/:id/bad-faith-second')
  second(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: BadFaithSecondRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<BadFaithView> {
    return this.badFaith.second(askedOf(principal, id, idempotency, http), request);
  }

  @ApiOperation({ operationId: 'reportBadFaith', summary: 'Write to the regulator or the police: a PDF, kept' })
  @asView
  @keyHeader
  @complaintId
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post('complaints/:id/bad-faith-reports')
  report(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: BadFaithReportRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<BadFaithView> {
    return this.badFaith.report(askedOf(principal, id, idempotency, http), request);
  }

  @ApiOperation({ operationId: 'downloadBadFaithReport', summary: 'The PDF; reading it is recorded' })
  @ApiProduces('application/pdf')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The file; its ETag is its SHA-256' })
  @complaintId
  @reportParam
  @Roles('complaint-supervisor', 'head-office-approver', 'compliance')
  @Get('complaints/:id/bad-faith-reports/:reportId')
  async download(
    @CurrentPrincipal() principal: Principal,
    @Param() { id, reportId }: Record<'id' | 'reportId', string>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { fileName, sha256, bytes } = await this.badFaith.file(principal, id, reportId, http.id);
    void reply.headers({ etag: `"${sha256}"`, 'x-content-type-options': 'nosniff' });
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: attachment(fileName), length: bytes.length });
  }
}
