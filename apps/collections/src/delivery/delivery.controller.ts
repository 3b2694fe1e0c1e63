import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Public, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader, rawBodyOf } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { DeliveryReportsAnswer, DeliveryReportsRequest } from '#sending';
import {
  DeliveryDetail,
  DeliveryPage,
  MessageAnswer,
  MessageListRequest,
  MessageRequest,
  PreviewRequest,
  PreviewView,
} from './delivery.dto.ts';
import { DeliveryService } from './delivery.service.ts';
import { PreviewService } from './preview.service.ts';
import { ReportService } from './report.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });

@ApiTags('delivery')
@Controller('v1')
export class DeliveryController {
  constructor(
    @Inject(DeliveryService) private readonly deliveries: DeliveryService,
    @Inject(ReportService) private readonly reports: ReportService,
    @Inject(PreviewService) private readonly previews: PreviewService,
  ) {}

  @ApiOperation({
    operationId: 'sendMessage',
    summary: 'Ask for a message. A refusal by rule is an answer (201) with its reasons; a permitted message is sent, a letter printed',
  })
  @ApiResponse({ status: 201, type: MessageAnswer, description: 'The decision, and the message on its way' })
  @idempotent
  @languageHeader
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration')
  @Post('messages')
  send(
    @CurrentPrincipal() principal: Principal,
    @Body() request: MessageRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<MessageAnswer> {
    return this.deliveries.request(principal, request, idempotency, language);
  }

  @ApiOperation({
    operationId: 'previewMessage',
    summary: 'A template filled in for a case, as it would be read; stores and sends nothing',
  })
  @ApiResponse({ status: 200, type: PreviewView, description: 'The text' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration', 'compliance')
  @HttpCode(200)
  @Post('message-previews')
  preview(
    @CurrentPrincipal() principal: Principal,
    @Body() request: PreviewRequest,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<PreviewView> {
    return this.previews.preview(principal, request, requestId);
  }

  @ApiOperation({ operationId: 'listMessages', summary: 'Messages and how far they are, the newest first' })
  @ApiResponse({ status: 200, type: DeliveryPage, description: 'A page of messages' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration', 'compliance', 'regulator')
  @Get('messages')
  list(@CurrentPrincipal() principal: Principal, @Query() request: MessageListRequest): Promise<DeliveryPage> {
    return this.deliveries.list(principal, request);
  }

  @ApiOperation({ operationId: 'findMessage', summary: 'A message with its text and its steps' })
  @ApiResponse({ status: 200, type: DeliveryDetail, description: 'The message' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration', 'compliance', 'regulator')
  @Get('messages/:id')
  find(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<DeliveryDetail> {
    return this.deliveries.find(principal, id, requestId);
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
