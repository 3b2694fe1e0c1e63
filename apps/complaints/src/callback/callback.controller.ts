import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { AFTER_READERS, idempotent, uuidParam } from '../aftercare/routes.ts';
import {
  CallbackListRequest,
  CallbackSettingRequest,
  FiguresRequest,
  LookRequest,
  TryRequest,
  WithdrawalReportRequest,
} from './callback.dto.ts';
import { CallbackReading } from './callback.reading.ts';
import { CallbackService } from './callback.service.ts';
import { CallbackList, CallbackPage, CallbackSettingView, CallbackView, FiguresView } from './callback.views.ts';

const SUPERIOR = ['complaint-supervisor', 'head-office-approver'] as const;

@ApiTags('call-back')
@Controller('v1')
export class CallbackController {
  constructor(
    @Inject(CallbackService) private readonly callbacks: CallbackService,
    @Inject(CallbackReading) private readonly readings: CallbackReading,
  ) {}

  @ApiOperation({
    operationId: 'reportWithdrawal',
    summary: 'An employee says that the complainant withdraws: somebody else calls and asks him, and only then it is withdrawn',
  })
  @ApiResponse({ status: 201, type: CallbackView, description: 'The call that is to be made' })
  @idempotent
  @uuidParam()
  @Roles('complaint-handler', 'complaint-supervisor')
  @Post('complaints/:id/withdrawal-reports')
  reportWithdrawal(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: WithdrawalReportRequest,
    @ThisCall() call: Call,
  ): Promise<CallbackView> {
    return this.callbacks.reportWithdrawal(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'listComplaintCallbacks', summary: 'The call-backs of a complaint, and how it was drawn' })
  @ApiResponse({ status: 200, type: CallbackList, description: 'All of them' })
  @uuidParam()
  @Roles(...AFTER_READERS)
  @Get('complaints/:id/callbacks')
  ofComplaint(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<CallbackList> {
    return this.readings.ofComplaint(principal, id, call.requestId);
  }

  @ApiOperation({ operationId: 'listCallbacks', summary: 'Call-backs that wait for a call, or low scores that wait for a look' })
  @ApiResponse({ status: 200, type: CallbackPage, description: 'A page, the oldest first' })
  @Roles('complaint-handler', ...SUPERIOR)
  @Get('callbacks')
  list(@CurrentPrincipal() principal: Principal, @Query() request: CallbackListRequest): Promise<CallbackPage> {
    return this.readings.list(principal, request);
  }

  @ApiOperation({
    operationId: 'recordCall',
    summary: 'One call and what came of it; never by whoever handled the complaint or reported its withdrawal',
  })
  @ApiResponse({ status: 200, type: CallbackView, description: 'The call-back as it is now' })
  @idempotent
  @uuidParam()
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post('callbacks/:id/tries')
  call(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: TryRequest,
    @ThisCall() call: Call,
  ): Promise<CallbackView> {
    return this.callbacks.call(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'lookAtScore', summary: 'A supervisor has looked at a low score' })
  @ApiResponse({ status: 200, type: CallbackView, description: 'The call-back as it is now' })
  @idempotent
  @uuidParam()
  @Roles(...SUPERIOR)
  @HttpCode(200)
  @Post('callbacks/:id/look')
  look(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { note }: LookRequest,
    @ThisCall() call: Call,
  ): Promise<CallbackView> {
    return this.callbacks.look(principal, id, note, call);
  }

  @ApiOperation({
    operationId: 'readSatisfaction',
    summary: 'How satisfied complainants are, by handler, unit, agency or cause; never of too few answers',
  })
  @ApiResponse({ status: 200, type: FiguresView, description: 'The figures' })
  @Roles(...AFTER_READERS)
  @Get('satisfaction-figures')
  figures(@CurrentPrincipal() principal: Principal, @Query() request: FiguresRequest): Promise<FiguresView> {
    return this.readings.figures(principal, request);
  }

  @ApiOperation({ operationId: 'findCallbackSetting', summary: 'Who is called back when' })
  @ApiResponse({ status: 200, type: CallbackSettingView, description: 'The setting' })
  @Roles(...AFTER_READERS)
  @Get('callback-settings')
  setting(@CurrentPrincipal() principal: Principal): Promise<CallbackSettingView> {
    return this.readings.setting(principal);
  }

  @ApiOperation({ operationId: 'setCallbackSetting', summary: 'Say who is called back when; from the next complaint on' })
  @ApiResponse({ status: 200, type: CallbackSettingView, description: 'The setting' })
  @idempotent
  @Roles('complaint-supervisor', 'admin')
  @Put('callback-settings')
  set(
    @CurrentPrincipal() principal: Principal,
    @Body() request: CallbackSettingRequest,
    @ThisCall() call: Call,
  ): Promise<CallbackSettingView> {
    return this.readings.set(principal, request, call.idempotency);
  }
}
