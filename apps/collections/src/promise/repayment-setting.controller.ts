import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { RepaymentSettingRequest, RepaymentSettingView } from './repayment-setting.dto.ts';
import { RepaymentSettingService } from './repayment-setting.service.ts';

@ApiTags('plan')
@Controller('v1/repayment-settings')
export class RepaymentSettingController {
  constructor(@Inject(RepaymentSettingService) private readonly settings: RepaymentSettingService) {}

  @ApiOperation({ operationId: 'findRepaymentSettings', summary: 'Grace of promises and plans, and who approves plans up to what' })
  @ApiResponse({ status: 200, type: RepaymentSettingView, description: 'What holds' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'head-office-approver', 'compliance', 'regulator')
  @Get()
  find(@CurrentPrincipal() principal: Principal): Promise<RepaymentSettingView> {
    return this.settings.find(principal);
  }

  @ApiOperation({ operationId: 'setRepaymentSettings', summary: 'Set them, for promises and plans made from now on' })
  @ApiResponse({ status: 200, type: RepaymentSettingView, description: 'What holds now' })
  @Roles('collections-manager')
  @Put()
  set(@CurrentPrincipal() principal: Principal, @Body() request: RepaymentSettingRequest): Promise<RepaymentSettingView> {
    return this.settings.set(principal, request);
  }
}
