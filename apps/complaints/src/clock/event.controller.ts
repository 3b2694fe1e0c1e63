import { applyDecorators, Body, Controller, createParamDecorator, Inject, Post, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Roles } from '#auth';
import { languageHeader, languageOf } from '#http';
import { idempotencyOf } from '#idempotency';
import { toCommand } from './event-command.ts';
import {
  AgreementRequest,
  ClockEventAnswer,
  ComplexityRequest,
  DeclineRequest,
  ExtensionRequest,
  NewFactsRequest,
  NoticeRequest,
  PauseRequest,
  ResumptionRequest,
  WithdrawalRequest,
} from './event.dto.ts';
import { EventService, type Asked } from './event.service.ts';

export const AskedBy = createParamDecorator((_data: unknown, context: ExecutionContext): Asked => {
  const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>();
  if (!request.principal) throw new Error('@AskedBy() on a route without @Roles()');
  return {
    principal: request.principal,
    complaintId: request.params.id,
    idempotency: idempotencyOf(request),
    requestId: request.id,
    language: languageOf(request.headers['accept-language']),
  };
});

/** A route for one kind of event. */
export const Event = (name: string, operationId: string, summary: string): MethodDecorator =>
  applyDecorators(
    Post(name),
    ApiOperation({ operationId, summary: `${summary}. A refusal by rule is an answer (201) with its reason` }),
    ApiResponse({ status: 201, type: ClockEventAnswer, description: 'What came of it, and the complaint as it is now' }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' }),
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
  );

@ApiTags('clock')
@languageHeader
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1/complaints/:id')
export class EventController {
  constructor(@Inject(EventService) private readonly events: EventService) {}

  @Event('complexity', 'declareComplex', 'Declare the matter complicated: 30 days in all')
  complexity(@AskedBy() asked: Asked, @Body() request: ComplexityRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.complexity(request));
  }

  @Event('extension', 'extendTerm', 'Approve 60 days in all; never for a complaint of one’s own')
  @Roles('complaint-supervisor', 'head-office-approver')
  extension(@AskedBy() asked: Asked, @Body() request: ExtensionRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.extension(request, asked.principal));
  }

  @Event('pause', 'pauseClock', 'Stop the clock for an outside appraisal or for mediation')
  pause(@AskedBy() asked: Asked, @Body() request: PauseRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.pause(request));
  }

  @Event('resumption', 'resumeClock', 'Let the clock go on')
  resumption(@AskedBy() asked: Asked, @Body() request: ResumptionRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.resumption(request));
  }

  @Event('new-facts', 'recordNewFacts', 'Record new facts and reasons, which begin the term anew')
  newFacts(@AskedBy() asked: Asked, @Body() request: NewFactsRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.newFacts(request));
  }

  @Event('agreement', 'recordAgreement', 'Record the date that both sides agreed on; that date rules')
  agreement(@AskedBy() asked: Asked, @Body() request: AgreementRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.agreement(request));
  }

  @Event('notice', 'recordNotice', 'Record that the complainant was told the decision')
  notice(@AskedBy() asked: Asked, @Body() request: NoticeRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.notice(request));
  }

  @Event('decline', 'declineComplaint', 'Decline what comes neither from the complainant nor from a representative')
  decline(@AskedBy() asked: Asked, @Body() request: DeclineRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.decline(request));
  }

  @Event('withdrawal', 'recordWithdrawal', 'Record that the complainant withdrew')
  withdrawal(@AskedBy() asked: Asked, @Body() request: WithdrawalRequest): Promise<ClockEventAnswer> {
    return this.events.record(asked, toCommand.withdrawal(request));
  }
}
