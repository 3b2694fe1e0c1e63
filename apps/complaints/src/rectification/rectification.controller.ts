import { applyDecorators, Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { languageHeader } from '#http';
import { NOT_FOUND, Refusal } from '#problem';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { AFTER_READERS, idempotent, uuidParam } from '../aftercare/routes.ts';
import { EffectService } from './effect.service.ts';
import {
  AcceptanceRequest,
  DelayRequest,
  DelaySettlementRequest,
  EffectRequest,
  ImplementationRequest,
  ReasonRequest,
  RectificationClosureRequest,
  RectificationListRequest,
  RectificationRequest,
  StepDoneRequest,
} from './rectification.dto.ts';
import { RectificationReading } from './rectification.reading.ts';
import { RectificationService } from './rectification.service.ts';
import { RectificationPage, RectificationView } from './rectification.views.ts';

/** A step of a measure. */
const Step = (path: string, operationId: string, summary: string): MethodDecorator =>
  applyDecorators(
    Post(`rectifications/:id/${path}`),
    HttpCode(200),
    ApiOperation({ operationId, summary }),
    ApiResponse({ status: 200, type: RectificationView, description: 'The measure as it is now' }),
    idempotent,
    uuidParam(),
  );

@ApiTags('rectification')
@languageHeader
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1')
export class RectificationController {
  constructor(
    @Inject(RectificationService) private readonly rectifications: RectificationService,
    @Inject(EffectService) private readonly effects: EffectService,
    @Inject(RectificationReading) private readonly readings: RectificationReading,
  ) {}

  @ApiOperation({ operationId: 'openRectification', summary: 'Take a measure against confirmed root causes that are the same' })
  @ApiResponse({ status: 201, type: RectificationView, description: 'The measure' })
  @idempotent
  @Post('rectifications')
  open(
    @CurrentPrincipal() principal: Principal,
    @Body() request: RectificationRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.rectifications.open(principal, request, call);
  }

  @ApiOperation({ operationId: 'listRectifications', summary: 'Measures by when they are due' })
  @ApiResponse({ status: 200, type: RectificationPage, description: 'A page of measures' })
  @Roles(...AFTER_READERS)
  @Get('rectifications')
  list(@CurrentPrincipal() principal: Principal, @Query() request: RectificationListRequest): Promise<RectificationPage> {
    return this.readings.list(principal, request);
  }

  @ApiOperation({ operationId: 'findRectification', summary: 'One measure with its steps, delays and measurements' })
  @ApiResponse({ status: 200, type: RectificationView, description: 'The measure' })
  @uuidParam()
  @Roles(...AFTER_READERS)
  @Get('rectifications/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<RectificationView> {
    return this.readings.find(principal, id, call);
  }

  @Step('steps/:n/completion', 'doRectificationStep', 'A step is done, with what shows it')
  @ApiParam({ name: 'n', schema: { type: 'integer', minimum: 1 } })
  doStep(
    @CurrentPrincipal() principal: Principal,
    @Param() { id, n }: Record<'id' | 'n', string>,
    @Body() request: StepDoneRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    if (!/^\d{1,3}$/.test(n)) throw new Refusal(NOT_FOUND, { detail: 'The measure has no such step.' });
    return this.rectifications.doStep(principal, id, Number(n), request, call);
  }

  @Step('implementation', 'implementRectification', 'All steps are done and the measure is in place')
  implement(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ImplementationRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.rectifications.implement(principal, id, request, call);
  }

  @Step('delays', 'askRectificationDelay', 'Ask for more time; a supervisor who did not ask grants it')
  askDelay(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: DelayRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.rectifications.askDelay(principal, id, request, call);
  }

  @Step('delays/settlement', 'settleRectificationDelay', 'Grant or refuse more time; never by who asked for it')
  @Roles('complaint-supervisor')
  settleDelay(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: DelaySettlementRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.rectifications.settleDelay(principal, id, request, call);
  }

  @Step('effects', 'measureRectification', 'Count complaints of the same cause before and after, and keep what came of it for good')
  measure(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: EffectRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.effects.measure(principal, id, request, call);
  }

  @Step('closure', 'closeRectification', 'Close a measure on its last measurement, which shows the effect')
  @Roles('complaint-supervisor')
  close(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: RectificationClosureRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.effects.close(principal, id, request, call);
  }

  @Step('unmeasurable', 'sayUnmeasurable', 'Say why the effect cannot be measured, for another person to accept')
  cannotMeasure(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: ReasonRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.effects.cannotMeasure(principal, id, reason, call);
  }

  @Step('acceptance', 'acceptUnmeasured', 'Accept that the effect cannot be measured, or let the measure go on; never by who said so')
  @Roles('complaint-supervisor')
  accept(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: AcceptanceRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.effects.accept(principal, id, request, call);
  }

  @Step('cancellation', 'cancelRectification', 'Give a measure up, with the reason')
  @Roles('complaint-supervisor')
  cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: ReasonRequest,
    @ThisCall() call: Call,
  ): Promise<RectificationView> {
    return this.effects.cancel(principal, id, reason, call);
  }
}
