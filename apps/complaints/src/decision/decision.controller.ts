import { applyDecorators, Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { attachment, Lang, languageHeader } from '#http';
import { AskedBy, Event } from '../clock/asked.ts';
import { ClockEventAnswer, DecisionRequest } from '../clock/event.dto.ts';
import type { Asked } from '../clock/event.service.ts';
import { READERS } from '../complaint/readers.ts';
import { DecisionLetterService } from './decision-letter.service.ts';
import {
  ApprovalNoteRequest,
  DecisionAnswer,
  DecisionDraftRequest,
  DecisionList,
  DecisionView,
  DecisionReturnRequest,
} from './decision.dto.ts';
import { DecisionService } from './decision.service.ts';
import { DirectDecisionService } from './direct.service.ts';
import { VerdictService } from './verdict.service.ts';

/** A step of a version. */
const Step = (name: string, operationId: string, summary: string): MethodDecorator =>
  applyDecorators(
    Post(`decisions/:version/${name}`),
    ApiOperation({ operationId, summary }),
    ApiResponse({ status: 200, type: DecisionAnswer, description: 'What came of it, and the decision as it is now' }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' }),
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    ApiParam({ name: 'version', schema: { type: 'integer' } }),
    HttpCode(200),
  );

const complaint = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('decision')
@languageHeader
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1/complaints/:id')
export class DecisionController {
  constructor(
    @Inject(DecisionService) private readonly decisions: DecisionService,
    @Inject(DirectDecisionService) private readonly direct: DirectDecisionService,
    @Inject(VerdictService) private readonly verdicts: VerdictService,
    @Inject(DecisionLetterService) private readonly letters: DecisionLetterService,
  ) {}

  @Event(
    'decision',
    'recordDecision',
    'Record the decision; where the approval matrix asks for four eyes it waits for them, and the answer says for whose',
  )
  record(@AskedBy() asked: Asked, @Body() request: DecisionRequest): Promise<ClockEventAnswer> {
    return this.direct.record(asked, request);
  }

  @ApiOperation({ operationId: 'listDecisions', summary: 'The versions of the decision, with who approved them' })
  @ApiResponse({ status: 200, type: DecisionList, description: 'The newest version first' })
  @complaint
  @Roles(...READERS)
  @Get('decisions')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<DecisionList> {
    return this.decisions.list(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'draftDecision', summary: 'Save the next version of the draft' })
  @ApiResponse({ status: 201, type: DecisionView, description: 'The version' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @complaint
  @Post('decisions')
  draft(@AskedBy() asked: Asked, @Body() request: DecisionDraftRequest): Promise<DecisionView> {
    return this.decisions.draft(asked, request);
  }

  @Step('submission', 'submitDecision', 'Put a draft before whoever has to approve it; where nobody has to, the complaint is decided')
  submit(@AskedBy() asked: Asked, @Param('version') version: string): Promise<DecisionAnswer> {
    return this.decisions.submit(asked, version);
  }

  @Step(
    'approval',
    'approveDecision',
    'Approve; the last approval is the instant of the decision. Never by who wrote it or handles the complaint',
  )
  @Roles('complaint-supervisor', 'head-office-approver')
  approve(@AskedBy() asked: Asked, @Param('version') version: string, @Body() { note }: ApprovalNoteRequest): Promise<DecisionAnswer> {
    return this.verdicts.approve(asked, version, note ?? null);
  }

  @Step('return', 'returnDecision', 'Send it back to be changed')
  @Roles('complaint-supervisor', 'head-office-approver')
  giveBack(@AskedBy() asked: Asked, @Param('version') version: string, @Body() { reason }: DecisionReturnRequest): Promise<DecisionAnswer> {
    return this.verdicts.giveBack(asked, version, reason);
  }

  @Step('retraction', 'retractDecision', 'Take back what waits for approval')
  takeBack(@AskedBy() asked: Asked, @Param('version') version: string): Promise<DecisionAnswer> {
    return this.verdicts.takeBack(asked, version);
  }

  @ApiOperation({ operationId: 'previewDecisionLetter', summary: 'The letter of a version as PDF; a draft says that it is one' })
  @ApiResponse({ status: 200, description: 'The letter', schema: { type: 'string', format: 'binary' } })
  @ApiProduces('application/pdf')
  @complaint
  @ApiParam({ name: 'version', schema: { type: 'integer' } })
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Get('decisions/:version/letter')
  async letter(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('version') version: string,
    @Lang() language: Language,
    @Req() http: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bytes = await this.letters.preview(principal, id, version, { language, requestId: http.id });
    await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', attachment(`decision-${version}.pdf`))
      .send(bytes);
  }
}
