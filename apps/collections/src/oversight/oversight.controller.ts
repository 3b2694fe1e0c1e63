import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { SettingRequest, SettingView } from './setting.dto.ts';
import { SettingService } from './setting.service.ts';

@ApiTags('oversight')
@Controller('v1/agency-oversight')
export class OversightController {
  constructor(@Inject(SettingService) private readonly settings: SettingService) {}

  @ApiOperation({
    operationId: 'findOversightSetting',
    summary: 'By when agencies are inspected and evaluated, and what follows a late day',
  })
  @ApiResponse({ status: 200, type: SettingView, description: 'What holds' })
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'admin')
  @Get('setting')
  find(@CurrentPrincipal() principal: Principal): Promise<SettingView> {
    return this.settings.find(principal);
  }

  @ApiOperation({ operationId: 'setOversight', summary: 'Set it anew, as a version; holds from the next look at the calendar' })
  @ApiResponse({ status: 200, type: SettingView, description: 'What holds' })
  @Roles('compliance')
  @Put('setting')
  set(@CurrentPrincipal() principal: Principal, @Body() request: SettingRequest): Promise<SettingView> {
    return this.settings.set(principal, request);
  }
}
