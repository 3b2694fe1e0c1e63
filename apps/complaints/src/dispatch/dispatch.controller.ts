import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, Roles, type Principal } from '#auth';
import { rawBodyOf } from '#http';
import { DeliveryReportsAnswer, DeliveryReportsRequest } from '#sending';
import { PageRequest } from '#wire';
import { READERS } from '../complaint/readers.ts';
import { DispatchDetail, DispatchPage } from './dispatch.dto.ts';
import { DispatchService } from './dispatch.service.ts';
import { DispatchReportService } from './report.service.ts';

const uuid = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('dispatch')
@Controller('v1')
export class DispatchController {
  constructor(
    @Inject(DispatchService) private readonly dispatches: DispatchService,
    @Inject(DispatchReportService) private readonly reports: DispatchReportService,
  ) {}

  @ApiOperation({
    operationId: 'listDispatches',
    summary: 'What was sent on a complaint by text message and mail, and how it went; the newest first',
  })
  @ApiResponse({ status: 200, type: DispatchPage, description: 'A page of messages' })
  @uuid
  @Roles(...READERS)
  @Get('complaints/:id/dispatches')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: PageRequest,
    @Req() http: FastifyRequest,
  ): Promise<DispatchPage> {
    return this.dispatches.list(principal, id, request, http.id);
  }

  @ApiOperation({ operationId: 'findDispatch', summary: 'A message with its text; who reads the text is recorded' })
  @ApiResponse({ status: 200, type: DispatchDetail, description: 'The message' })
  @uuid
  @Roles(...READERS)
  @Get('dispatches/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<DispatchDetail> {
    return this.dispatches.find(principal, id, http.id);
  }

  @ApiOperation({
    operationId: 'takeDeliveryReports',
    summary: 'For gateways: what came of messages. No token; the body is signed with the secret of DELIVERY_REPORT_SECRETS',
  })
  @ApiHeader({ name: 'X-Forbear-Timestamp', required: true, description: 'Seconds since 1970; within five minutes of now' })
  @ApiHeader({
    name: 'X-Forbear-Signature',
    required: true,
    description: '`sha256=` and the hex of HMAC-SHA256(secret, timestamp + "." + body)',
  })
  @ApiResponse({ status: 200, type: DeliveryReportsAnswer, description: 'What was taken; the same report again changes nothing' })
  @Public()
  @HttpCode(200)
  @Post('delivery-reports')
  take(
    @Body() { reports }: DeliveryReportsRequest,
    @Req() request: FastifyRequest,
    @Headers('x-forbear-timestamp') timestamp?: string,
    @Headers('x-forbear-signature') signature?: string,
  ): Promise<DeliveryReportsAnswer> {
    return this.reports.take(reports, { timestamp, signature, body: rawBodyOf(request) });
  }
}
