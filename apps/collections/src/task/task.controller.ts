import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, ROLES, Roles, type Principal, type Role } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import {
  CompletionRequest,
  ExtensionRequest,
  HandOverRequest,
  TaskCounts,
  TaskCountsRequest,
  TaskListRequest,
  TaskPage,
  TaskWithHistory,
} from './task.dto.ts';
import { TaskDesk } from './task-desk.ts';
import { TaskListService } from './task-list.service.ts';
import { TaskMoveService } from './task-move.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
// Whoever only looks on has nothing to do.
const DOES = ROLES.filter((role) => role !== 'regulator') as [Role, ...Role[]];
const SUPERVISES = [
  'agency-supervisor',
  'collections-manager',
  'compliance',
  'complaint-supervisor',
  'head-office-approver',
  'admin',
] as const;

@ApiTags('task')
@Controller('v1/tasks')
export class TaskController {
  constructor(
    @Inject(TaskDesk) private readonly desk: TaskDesk,
    @Inject(TaskListService) private readonly tasks: TaskListService,
    @Inject(TaskMoveService) private readonly moves: TaskMoveService,
  ) {}

  @ApiOperation({
    operationId: 'listTasks',
    summary: 'What I have to do, what my role has to do, what my team has to do: open ones by due time, done ones the latest first',
  })
  @ApiResponse({ status: 200, type: TaskPage, description: 'A page of tasks' })
  @Roles(...ROLES)
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: TaskListRequest): Promise<TaskPage> {
    return this.tasks.list(principal, request);
  }

  @ApiOperation({ operationId: 'countTasks', summary: 'How many are open, by how much time is left' })
  @ApiResponse({ status: 200, type: TaskCounts, description: 'The counts' })
  @Roles(...ROLES)
  @Get('counts')
  counts(@CurrentPrincipal() principal: Principal, @Query() request: TaskCountsRequest): Promise<TaskCounts> {
    return this.tasks.counts(principal, request);
  }

  @ApiOperation({ operationId: 'findTask', summary: 'One task, with what was done with it' })
  @ApiResponse({ status: 200, type: TaskWithHistory, description: 'The task' })
  @idParam
  @Roles(...ROLES)
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<TaskWithHistory> {
    return this.desk.find(principal, id);
  }

  @ApiOperation({ operationId: 'takeTask', summary: 'Take a task that nobody has; of several who ask at once, one gets it' })
  @ApiResponse({ status: 200, type: TaskWithHistory, description: 'The task, mine' })
  @idempotent
  @idParam
  @Roles(...DOES)
  @HttpCode(200)
  @Post(':id/take')
  take(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TaskWithHistory> {
    return this.moves.take(principal, id, idempotency);
  }

  @ApiOperation({ operationId: 'handOverTask', summary: 'Hand a task over to a person, back to its role, or to the role above' })
  @ApiResponse({ status: 200, type: TaskWithHistory, description: 'The task' })
  @idempotent
  @idParam
  @Roles(...DOES)
  @HttpCode(200)
  @Post(':id/handover')
  handOver(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: HandOverRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TaskWithHistory> {
    return this.moves.handOver(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'completeTask', summary: 'Say that a task is done, or not needed; one that ends with its work says so' })
  @ApiResponse({ status: 200, type: TaskWithHistory, description: 'The task, done' })
  @idempotent
  @idParam
  @Roles(...DOES)
  @HttpCode(200)
  @Post(':id/completion')
  complete(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: CompletionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TaskWithHistory> {
    return this.moves.complete(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'extendTask', summary: 'Give a task of somebody below more time; the due times before stay on record' })
  @ApiResponse({ status: 200, type: TaskWithHistory, description: 'The task' })
  @idempotent
  @idParam
  @Roles(...SUPERVISES)
  @HttpCode(200)
  @Post(':id/extension')
  extend(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ExtensionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TaskWithHistory> {
    return this.moves.extend(principal, id, request, idempotency);
  }
}
