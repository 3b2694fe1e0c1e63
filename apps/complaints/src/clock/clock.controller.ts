import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, ROLES, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { ClockView } from '../complaint/complaint.view.ts';
import { READERS } from '../complaint/readers.ts';
import { ClockAtRequest, ClockEvaluationRequest, WorkingDaysRequest, WorkingDaysView } from './clock.dto.ts';
import { ClockService } from './clock.service.ts';

@ApiTags('clock')
@Controller('v1')
export class ClockController {
  constructor(@Inject(ClockService) private readonly clocks: ClockService) {}

  @ApiOperation({ operationId: 'evaluateClock', summary: 'Judge stated events; stores nothing' })
  @ApiResponse({ status: 200, type: ClockView, description: 'What the clock says' })
  @languageHeader
  @Roles(...ROLES)
  @HttpCode(200)
  @Post('clock-evaluations')
  evaluate(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ClockEvaluationRequest,
    @Lang() language: Language,
  ): Promise<ClockView> {
    return this.clocks.evaluate(principal, request, language);
  }

  @ApiOperation({ operationId: 'findClock', summary: 'What the clock of a complaint says, now or at another instant' })
  @ApiResponse({ status: 200, type: ClockView, description: 'What the clock says, by the events up to then' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @Roles(...READERS)
  @Get('complaints/:id/clock')
  clock(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Query() request: ClockAtRequest): Promise<ClockView> {
    return this.clocks.clockAt(principal, id, request);
  }

  @ApiOperation({
    operationId: 'countWorkingDays',
    summary: 'The working day that lies so many working days after a date, by the calendar of the institution',
  })
  @ApiResponse({ status: 200, type: WorkingDaysView, description: 'The date' })
  @Roles(...ROLES)
  @Get('working-days')
  workingDays(@CurrentPrincipal() principal: Principal, @Query() request: WorkingDaysRequest): Promise<WorkingDaysView> {
    return this.clocks.workingDays(principal, request);
  }
}
