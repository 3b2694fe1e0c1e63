import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import {
  AnswerRequest,
  CancellationRequest,
  CooperationRequest,
  CooperationView,
  ReturnRequest,
  TaskList,
  TaskListRequest,
  TaskPage,
  TaskRequest,
  TaskView,
} from './work.dto.ts';
import { WorkReadingService } from './work-reading.service.ts';
import { WorkService } from './work.service.ts';

const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const keyHeader = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const task = ApiResponse({ status: 200, type: TaskView, description: 'The task' });

@ApiTags('work')
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1')
export class WorkController {
  constructor(
    @Inject(WorkService) private readonly work: WorkService,
    @Inject(WorkReadingService) private readonly reading: WorkReadingService,
  ) {}

  @ApiOperation({ operationId: 'askTask', summary: 'Ask a branch or an agency about a complaint, with a time of its own' })
  @ApiResponse({ status: 201, type: TaskView, description: 'The task' })
  @keyHeader
  @idParam
  @Post('complaints/:id/tasks')
  async ask(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: TaskRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<TaskView> {
    return this.reading.find(principal, await this.work.ask(principal, id, request, idempotency), http.id);
  }

  @ApiOperation({ operationId: 'listComplaintTasks', summary: 'What was asked about a complaint, and answered' })
  @ApiResponse({ status: 200, type: TaskList, description: 'The tasks' })
  @idParam
  @Roles(...READERS)
  @Get('complaints/:id/tasks')
  ofComplaint(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<TaskList> {
    return this.reading.ofComplaint(principal, id, http.id);
  }

  @ApiOperation({
    operationId: 'listWorkTasks',
    summary: 'Tasks of my agency; of my unit and those that I asked; everybody’s for who supervises',
  })
  @ApiResponse({ status: 200, type: TaskPage, description: 'A page of tasks' })
  @Roles('agent', 'agency-supervisor', 'complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'admin')
  @Get('work-tasks')
  list(@CurrentPrincipal() principal: Principal, @Query() request: TaskListRequest, @Req() http: FastifyRequest): Promise<TaskPage> {
    return this.reading.list(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'findWorkTask', summary: 'One task: what was disclosed, asked and answered' })
  @task
  @idParam
  @Roles('agent', 'agency-supervisor', 'complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'admin')
  @Get('work-tasks/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<TaskView> {
    return this.reading.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'answerWorkTask', summary: 'Answer, as the unit or agency that is asked' })
  @task
  @keyHeader
  @idParam
  @Roles('agent', 'agency-supervisor', 'complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post('work-tasks/:id/answer')
  async answer(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: AnswerRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<TaskView> {
    await this.work.answer(principal, id, request, idempotency);
    return this.reading.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'returnWorkTask', summary: 'The answer will not do: ask for more, with a new time' })
  @task
  @keyHeader
  @idParam
  @HttpCode(200)
  @Post('work-tasks/:id/return')
  async giveBack(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReturnRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<TaskView> {
    await this.work.giveBack(principal, id, request, idempotency);
    return this.reading.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'acceptWorkTask', summary: 'The answer will do' })
  @task
  @keyHeader
  @idParam
  @HttpCode(200)
  @Post('work-tasks/:id/acceptance')
  async accept(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<TaskView> {
    await this.work.accept(principal, id, idempotency);
    return this.reading.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'cancelWorkTask', summary: 'Nobody waits for the answer any more' })
  @task
  @keyHeader
  @idParam
  @HttpCode(200)
  @Post('work-tasks/:id/cancellation')
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: CancellationRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<TaskView> {
    await this.work.cancel(principal, id, request, idempotency);
    return this.reading.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'readCooperation', summary: 'How agencies and units answer: in time, late, overdue, returned (CMP20 10)' })
  @ApiResponse({ status: 200, type: CooperationView, description: 'By agency and unit' })
  @Roles(
    'complaint-handler',
    'complaint-supervisor',
    'head-office-approver',
    'collections-manager',
    'compliance',
    'regulator',
    'agency-supervisor',
    'admin',
  )
  @Get('work-cooperation')
  cooperation(@CurrentPrincipal() principal: Principal, @Query() request: CooperationRequest): Promise<CooperationView> {
    return this.reading.cooperationOf(principal, request);
  }
}
