import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Roles } from '#auth';
import { languageHeader } from '#http';
import { AskedBy, Event } from './asked.ts';
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
