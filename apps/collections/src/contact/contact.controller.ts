import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, ROLES, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { Answer, AttemptAnswer, AttemptView, Contactability, Replay } from './answer.ts';
import { AttemptRequest, ContactabilityRequest, EvaluationRequest } from './contact.dto.ts';
import { EvaluationService } from './evaluation.service.ts';
import { GateService } from './gate.service.ts';
import { OutcomeService } from './outcome.service.ts';

const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});
const attemptId = ApiParam({ name: 'id', description: 'The id that asking answered', schema: { type: 'string', format: 'uuid' } });

@ApiTags('contact')
@languageHeader
@Controller('v1')
export class ContactController {
  constructor(
    @Inject(EvaluationService) private readonly evaluations: EvaluationService,
    @Inject(GateService) private readonly gate: GateService,
    @Inject(OutcomeService) private readonly outcomes: OutcomeService,
  ) {}

  @ApiOperation({ operationId: 'evaluateContact', summary: 'Judge stated facts; stores nothing' })
  @ApiResponse({ status: 200, type: Answer, description: 'The decision' })
  @Roles(...ROLES)
  @HttpCode(200)
  @Post('contact-evaluations')
  evaluate(@Body() request: EvaluationRequest, @Lang() language: Language): Answer {
    return this.evaluations.evaluate(request, language);
  }

  @ApiOperation({
    operationId: 'askForContact',
    summary: 'Ask for a permit. A refusal by rule is an answer (201) with its reasons; a permit is a reservation',
  })
  @ApiResponse({ status: 201, type: AttemptAnswer, description: 'The decision: a permit, or a refusal with its reasons' })
  @idempotencyHeader
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration')
  @Post('contact-attempts')
  ask(
    @CurrentPrincipal() principal: Principal,
    @Body() request: AttemptRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<AttemptAnswer> {
    return this.gate.ask(principal, request, idempotency, language);
  }

  @ApiOperation({ operationId: 'preDial', summary: 'The same for dialers that speak only status codes: 200 dial, 409 do not' })
  @ApiResponse({ status: 200, type: AttemptAnswer, description: 'Permitted: dial' })
  @ApiResponse({ status: 409, type: AttemptAnswer, description: 'Refused by rule: do not dial' })
  // Overwritten by the verdict; without it the document would promise a 201.
  @HttpCode(200)
  @idempotencyHeader
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration')
  @Post('pre-dial')
  async preDial(
    @CurrentPrincipal() principal: Principal,
    @Body() request: AttemptRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttemptAnswer> {
    const answer = await this.gate.ask(principal, request, idempotency, language);
    void reply.status(answer.verdict === 'permitted' ? 200 : 409);
    return answer;
  }

  @ApiOperation({ operationId: 'findContactAttempt', summary: 'A decision, and what came of it' })
  @ApiResponse({ status: 200, type: AttemptView, description: 'The decision and its outcome' })
  @attemptId
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration', 'compliance', 'regulator', 'admin')
  @Get('contact-attempts/:id')
  view(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<AttemptView> {
    return this.outcomes.view(principal, id, language);
  }

  @ApiOperation({ operationId: 'replayDecision', summary: 'Decide again from the recorded facts and pack versions' })
  @ApiResponse({ status: 200, type: Replay, description: 'Both decisions' })
  @attemptId
  @Roles('collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get('contact-attempts/:id/replay')
  replay(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<Replay> {
    return this.outcomes.replay(principal, id, language);
  }

  @ApiOperation({ operationId: 'checkContactability', summary: 'The answer that asking would give; reserves nothing' })
  @ApiResponse({ status: 200, type: Contactability, description: 'The decision' })
  @ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration')
  @Get('cases/:id/contactability')
  contactability(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: ContactabilityRequest,
    @Lang() language: Language,
  ): Promise<Contactability> {
    return this.gate.contactability(principal, id, request, language);
  }
}
