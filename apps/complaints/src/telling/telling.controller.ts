import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { languageHeader } from '#http';
import { AskedBy } from '../clock/asked.ts';
import type { Asked } from '../clock/event.service.ts';
import { READERS } from '../complaint/readers.ts';
import { TellingAnswer, TellingRequest, TellingView, NoticeTryRequest, WaiverRequest } from './telling.dto.ts';
import { TellingService } from './telling.service.ts';
import { WaiverService } from './waiver.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const complaint = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const waiver = ApiParam({ name: 'waiver', schema: { type: 'string', format: 'uuid' } });

@ApiTags('telling')
@languageHeader
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1/complaints/:id')
export class TellingController {
  constructor(
    @Inject(TellingService) private readonly tellings: TellingService,
    @Inject(WaiverService) private readonly waivers: WaiverService,
  ) {}

  @ApiOperation({ operationId: 'findTelling', summary: 'How the complainant was told, with proofs, tries and what is missing' })
  @ApiResponse({ status: 200, type: TellingView, description: 'The telling' })
  @complaint
  @Roles(...READERS)
  @Get('telling')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<TellingView> {
    return this.tellings.find(principal, id, http.id);
  }

  @ApiOperation({
    operationId: 'tellComplainant',
    summary:
      'Tell the complainant in a form of CMP20 Art. 21, with its proof; a text or mail is sent, and counts from then. A refusal by rule is an answer (201)',
  })
  @ApiResponse({ status: 201, type: TellingAnswer, description: 'What came of it, and the telling as it is now' })
  @idempotent
  @complaint
  @Post('notices')
  tell(@AskedBy() asked: Asked, @Body() request: TellingRequest): Promise<TellingAnswer> {
    return this.tellings.tell(asked, request);
  }

  @ApiOperation({ operationId: 'logNoticeTry', summary: 'Log a try to reach a complainant who was not there' })
  @ApiResponse({ status: 201, type: TellingView, description: 'The telling as it is now' })
  @idempotent
  @complaint
  @Post('notice-tries')
  tried(@AskedBy() asked: Asked, @Body() request: NoticeTryRequest): Promise<TellingView> {
    return this.tellings.tried(asked, request);
  }

  @ApiOperation({ operationId: 'askNoticeWaiver', summary: 'Ask that the telling be waived, after the institution’s minimum of tries' })
  @ApiResponse({ status: 201, type: TellingView, description: 'The telling as it is now' })
  @idempotent
  @complaint
  @Post('notice-waivers')
  ask(@AskedBy() asked: Asked, @Body() request: WaiverRequest): Promise<TellingView> {
    return this.waivers.ask(asked, request);
  }

  @ApiOperation({
    operationId: 'approveNoticeWaiver',
    summary: 'Waive the telling: it counts as told from now; never by who asked or handles the complaint',
  })
  @ApiResponse({ status: 200, type: TellingAnswer, description: 'What came of it' })
  @idempotent
  @complaint
  @waiver
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post('notice-waivers/:waiver/approval')
  approve(@AskedBy() asked: Asked, @Param('waiver') id: string): Promise<TellingAnswer> {
    return this.waivers.approve(asked, id);
  }

  @ApiOperation({ operationId: 'refuseNoticeWaiver', summary: 'Refuse to waive the telling' })
  @ApiResponse({ status: 200, type: TellingAnswer, description: 'What came of it' })
  @idempotent
  @complaint
  @waiver
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post('notice-waivers/:waiver/refusal')
  refuse(@AskedBy() asked: Asked, @Param('waiver') id: string): Promise<TellingAnswer> {
    return this.waivers.refuse(asked, id);
  }
}
