import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import {
  NoticeSettingRequest,
  NoticeSettingView,
  TemplateList,
  TemplateListRequest,
  TemplateRequest,
  TemplateView,
} from './template.dto.ts';
import { TemplateService } from './template.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const kind = ApiParam({ name: 'kind', schema: { type: 'string' } });
const version = ApiParam({ name: 'version', schema: { type: 'integer' } });

@ApiTags('letter-template')
@Roles(...READERS)
@Controller('v1')
export class TemplateController {
  constructor(@Inject(TemplateService) private readonly templates: TemplateService) {}

  @ApiOperation({
    operationId: 'listLetterTemplates',
    summary: 'Versions of the templates of letters and notices, the newest of a kind first',
  })
  @ApiResponse({ status: 200, type: TemplateList, description: 'The versions' })
  @Get('letter-templates')
  list(@CurrentPrincipal() principal: Principal, @Query() request: TemplateListRequest): Promise<TemplateList> {
    return this.templates.list(principal, request.kind ?? null);
  }

  @ApiOperation({
    operationId: 'createLetterTemplate',
    summary:
      'Make the next version; it waits for the approval of a second person. A decision letter without what CMP20 Art. 19 asks for is refused',
  })
  @ApiResponse({ status: 201, type: TemplateView, description: 'The version' })
  @idempotent
  @Roles('complaint-handler', 'complaint-supervisor', 'compliance')
  @Post('letter-templates')
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: TemplateRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TemplateView> {
    return this.templates.create(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'approveLetterTemplate', summary: 'Let letters be made of a version; never by its author' })
  @ApiResponse({ status: 200, type: TemplateView, description: 'The version' })
  @idempotent
  @kind
  @version
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post('letter-templates/:kind/versions/:version/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('kind') name: string,
    @Param('version') number: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TemplateView> {
    return this.templates.approve(principal, { kind: name, version: number }, idempotency);
  }

  @ApiOperation({ operationId: 'retireLetterTemplate', summary: 'Take a version out of use' })
  @ApiResponse({ status: 200, type: TemplateView, description: 'The version' })
  @idempotent
  @kind
  @version
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post('letter-templates/:kind/versions/:version/retirement')
  retire(
    @CurrentPrincipal() principal: Principal,
    @Param('kind') name: string,
    @Param('version') number: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TemplateView> {
    return this.templates.retire(principal, { kind: name, version: number }, idempotency);
  }

  @ApiOperation({
    operationId: 'findNoticeSetting',
    summary: 'Who writes the letters, and how often somebody is looked for before the telling may be waived',
  })
  @ApiResponse({ status: 200, type: NoticeSettingView, description: 'The settings' })
  @Get('notice-settings')
  setting(@CurrentPrincipal() principal: Principal): Promise<NoticeSettingView> {
    return this.templates.setting(principal);
  }

  @ApiOperation({ operationId: 'putNoticeSetting', summary: 'Set who writes the letters, and the minimum of tries' })
  @ApiResponse({ status: 200, type: NoticeSettingView, description: 'The settings' })
  @Roles('complaint-supervisor', 'head-office-approver', 'admin')
  @Put('notice-settings')
  set(@CurrentPrincipal() principal: Principal, @Body() request: NoticeSettingRequest): Promise<NoticeSettingView> {
    return this.templates.set(principal, request);
  }
}
