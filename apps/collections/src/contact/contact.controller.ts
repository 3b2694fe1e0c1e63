import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, ROLES, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import type { Answer, AttemptAnswer, AttemptView } from './answer.ts';
import { AttemptRequest, ContactabilityRequest, EvaluationRequest, OutcomeRequest } from './contact.dto.ts';
import { EvaluationService } from './evaluation.service.ts';
import { GateService } from './gate.service.ts';
import { OutcomeService, type Replay } from './outcome.service.ts';

const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});

@ApiTags('contact')
@ApiBearerAuth()
@Controller('v1')
export class ContactController {
  constructor(
    @Inject(EvaluationService) private readonly evaluations: EvaluationService,
    @Inject(GateService) private readonly gate: GateService,
    @Inject(OutcomeService) private readonly outcomes: OutcomeService,
  ) {}

  @ApiOperation({ summary: 'Judge stated facts; stores nothing' })
  @Roles(...ROLES)
  @HttpCode(200)
  @Post('contact-evaluations')
  evaluate(@Body() request: EvaluationRequest, @Lang() language: Language): Answer {
    return this.evaluations.evaluate(request, language);
  }

  @ApiOperation({ summary: 'Ask for a permit. A refusal by rule is an answer (201) with its reasons; a permit is a reservation' })
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

  @ApiOperation({ summary: 'The same for dialers that speak only status codes: 200 dial, 409 do not' })
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

  @ApiOperation({ summary: 'A decision, and what came of it' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration', 'compliance', 'regulator', 'admin')
  @Get('contact-attempts/:id')
  view(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<AttemptView> {
    return this.outcomes.view(principal, id, language);
  }

  @ApiOperation({ summary: 'Say what came of a permitted contact' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'integration')
  @Post('contact-attempts/:id/outcome')
  record(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: OutcomeRequest,
    @Lang() language: Language,
  ): Promise<AttemptView> {
    return this.outcomes.record(principal, id, request, language);
  }

  @ApiOperation({ summary: 'Decide again from the recorded facts and pack versions' })
  @Roles('collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get('contact-attempts/:id/replay')
  replay(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<Replay> {
    return this.outcomes.replay(principal, id, language);
  }

  @ApiOperation({ summary: 'The answer that asking would give; reserves nothing' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration')
  @Get('cases/:id/contactability')
  contactability(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: ContactabilityRequest,
    @Lang() language: Language,
  ): Promise<Answer> {
    return this.gate.contactability(principal, id, request, language);
  }
}
