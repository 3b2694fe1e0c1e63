import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { RetirementRequest, TemplateListRequest, TemplatePage, TemplateRequest, TemplateView } from './message.dto.ts';
import { MessageService } from './message.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const templateParam = ApiParam({ name: 'templateId', type: 'string' });
const versionParam = ApiParam({ name: 'version', schema: { type: 'integer', minimum: 1 } });
const WRITES = ['collections-manager', 'compliance'] as const;

@ApiTags('message')
@Controller('v1/message-templates')
export class MessageController {
  constructor(@Inject(MessageService) private readonly messages: MessageService) {}

  @ApiOperation({ operationId: 'listMessageTemplates', summary: 'Versions of message templates in order of creation' })
  @ApiResponse({ status: 200, type: TemplatePage, description: 'A page of versions' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: TemplateListRequest): Promise<TemplatePage> {
    return this.messages.list(principal, request);
  }

  @ApiOperation({
    operationId: 'createMessageTemplate',
    summary: 'A new version of a template; its text is screened, and a second person approves it',
  })
  @ApiResponse({ status: 201, type: TemplateView, description: 'The version, not approved yet' })
  @idempotent
  @Roles(...WRITES)
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: TemplateRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TemplateView> {
    return this.messages.create(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'approveMessageTemplate', summary: 'Let a version be sent; never by its author' })
  @ApiResponse({ status: 200, type: TemplateView, description: 'The version, approved' })
  @idempotent
  @templateParam
  @versionParam
  @Roles(...WRITES)
  @HttpCode(200)
  @Post(':templateId/versions/:version/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('templateId') templateId: string,
    @Param('version') version: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TemplateView> {
    return this.messages.approve(principal, { templateId, version }, idempotency);
  }

  @ApiOperation({ operationId: 'retireMessageTemplate', summary: 'Take a version out of use' })
  @ApiResponse({ status: 200, type: TemplateView, description: 'The version, retired' })
  @idempotent
  @templateParam
  @versionParam
  @Roles(...WRITES)
  @HttpCode(200)
  @Post(':templateId/versions/:version/retirement')
  retire(
    @CurrentPrincipal() principal: Principal,
    @Param('templateId') templateId: string,
    @Param('version') version: string,
    @Body() request: RetirementRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TemplateView> {
    return this.messages.retire(principal, { templateId, version }, request, idempotency);
  }
}
