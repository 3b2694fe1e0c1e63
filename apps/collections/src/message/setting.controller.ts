import { Body, Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { CATALOGUE } from './placeholders.ts';
import { TextScreening, TextScreeningRequest } from './screening.dto.ts';
import { TextScreeningService } from './screening.service.ts';
import { MessageSettingRequest, MessageSettingView, VariableList } from './setting.dto.ts';
import { SettingService } from './setting.service.ts';

@ApiTags('message')
@Controller('v1')
export class SettingController {
  constructor(
    @Inject(SettingService) private readonly settings: SettingService,
    @Inject(TextScreeningService) private readonly screenings: TextScreeningService,
  ) {}

  @ApiOperation({ operationId: 'screenText', summary: 'Read a text as the gate would: which bans it breaks, and where. Stores nothing' })
  @ApiResponse({ status: 200, type: TextScreening, description: 'What speaks against the text' })
  @languageHeader
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration')
  @HttpCode(200)
  @Post('text-screenings')
  screen(
    @CurrentPrincipal() principal: Principal,
    @Body() request: TextScreeningRequest,
    @Lang() language: Language,
  ): Promise<TextScreening> {
    return this.screenings.screen(principal, request, language);
  }

  @ApiOperation({ operationId: 'listMessageVariables', summary: 'What a template may name, of what type, and who fills it' })
  @ApiResponse({ status: 200, type: VariableList, description: 'All of them' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get('message-variables')
  variables(): VariableList {
    return { items: CATALOGUE.map(({ name, type, source, max }) => ({ name, type, source, max })) };
  }

  @ApiOperation({ operationId: 'getMessageSettings', summary: 'What texts say of the bank' })
  @ApiResponse({ status: 200, type: MessageSettingView, description: 'The settings' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration', 'admin')
  @Get('message-settings')
  view(@CurrentPrincipal() principal: Principal): Promise<MessageSettingView> {
    return this.settings.view(principal);
  }

  @ApiOperation({ operationId: 'setMessageSettings', summary: 'Say how texts name the bank' })
  @ApiResponse({ status: 200, type: MessageSettingView, description: 'The settings' })
  @Roles('collections-manager', 'compliance')
  @Put('message-settings')
  put(@CurrentPrincipal() principal: Principal, @Body() request: MessageSettingRequest): Promise<MessageSettingView> {
    return this.settings.put(principal, request);
  }
}
