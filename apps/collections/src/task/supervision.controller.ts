import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, ROLES, Roles, type Principal } from '#auth';
import { PunctualityRequest, PunctualityView } from './punctuality.dto.ts';
import { PunctualityService } from './punctuality.service.ts';
import { TaskLimits, TaskLimitsRequest } from './task.dto.ts';
import { TaskLimitService } from './task-limit.service.ts';

@ApiTags('task')
@Controller('v1')
export class SupervisionController {
  constructor(
    @Inject(TaskLimitService) private readonly limits: TaskLimitService,
    @Inject(PunctualityService) private readonly punctuality: PunctualityService,
  ) {}

  @ApiOperation({
    operationId: 'findTaskLimits',
    summary: 'Within how many hours each kind of task is done here, and when it is reminded of',
  })
  @ApiResponse({ status: 200, type: TaskLimits, description: 'The limits' })
  @Roles(...ROLES)
  @Get('task-limits')
  findLimits(@CurrentPrincipal() principal: Principal): Promise<TaskLimits> {
    return this.limits.find(principal);
  }

  @ApiOperation({
    operationId: 'setTaskLimits',
    summary: 'Set limits for tasks that are opened from now on; no more than an instrument allows',
  })
  @ApiResponse({ status: 200, type: TaskLimits, description: 'The limits' })
  @Roles('collections-manager', 'compliance')
  @Put('task-limits')
  setLimits(@CurrentPrincipal() principal: Principal, @Body() request: TaskLimitsRequest): Promise<TaskLimits> {
    return this.limits.set(principal, request);
  }

  @ApiOperation({
    operationId: 'findPunctuality',
    summary: 'How punctual I am, or my team: what was done in the period, and what fell due in it and is open',
  })
  @ApiResponse({ status: 200, type: PunctualityView, description: 'The counts' })
  @Roles(...ROLES)
  @Get('punctuality')
  findPunctuality(@CurrentPrincipal() principal: Principal, @Query() request: PunctualityRequest): Promise<PunctualityView> {
    return this.punctuality.find(principal, request);
  }
}
