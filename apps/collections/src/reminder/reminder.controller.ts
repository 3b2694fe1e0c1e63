import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { PageRequest, Text } from '#wire';
import { ReminderPreviewRequest, ReminderPage, ReminderPreviewPage, ReminderSettingRequest, ReminderSettingView } from './reminder.dto.ts';
import { ReminderService } from './reminder.service.ts';

class ReminderListRequest extends PageRequest {
  @Text({ optional: true, description: 'The caseId given at import, or the id of the case' })
  caseId?: string;
}

const READS = ['collections-manager', 'compliance', 'regulator'] as const;

@ApiTags('reminder')
@Controller('v1')
export class ReminderController {
  constructor(@Inject(ReminderService) private readonly reminders: ReminderService) {}

  @ApiOperation({ operationId: 'getReminderSettings', summary: 'How debtors are reminded before a due date' })
  @ApiResponse({ status: 200, type: ReminderSettingView, description: 'The settings' })
  @Roles(...READS)
  @Get('reminder-settings')
  view(@CurrentPrincipal() principal: Principal): Promise<ReminderSettingView> {
    return this.reminders.view(principal);
  }

  @ApiOperation({
    operationId: 'setReminderSettings',
    summary: 'Say how debtors are reminded, within five days before the date (HLJ Art. 18)',
  })
  @ApiResponse({ status: 200, type: ReminderSettingView, description: 'The settings' })
  @Roles('collections-manager', 'compliance')
  @Put('reminder-settings')
  put(@CurrentPrincipal() principal: Principal, @Body() request: ReminderSettingRequest): Promise<ReminderSettingView> {
    return this.reminders.put(principal, request);
  }

  @ApiOperation({ operationId: 'previewReminders', summary: 'Who would be reminded on a day, and who not, and why' })
  @ApiResponse({ status: 200, type: ReminderPreviewPage, description: 'A page of due dates' })
  @Roles(...READS)
  @Get('reminder-preview')
  preview(@CurrentPrincipal() principal: Principal, @Query() request: ReminderPreviewRequest): Promise<ReminderPreviewPage> {
    return this.reminders.preview(principal, request);
  }

  @ApiOperation({ operationId: 'listReminders', summary: 'Reminders, the newest first' })
  @ApiResponse({ status: 200, type: ReminderPage, description: 'A page of reminders' })
  @Roles(...READS)
  @Get('reminders')
  list(@CurrentPrincipal() principal: Principal, @Query() request: ReminderListRequest): Promise<ReminderPage> {
    return this.reminders.list(principal, request);
  }
}
