import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { AppealService } from './appeal.service.ts';
import { LetterService } from './letter.service.ts';
import {
  AppealDecisionRequest,
  AppealRequest,
  LadderView,
  SanctionListRequest,
  SanctionPage,
  SanctionReasonRequest,
  SanctionRequest,
  SanctionView,
} from './sanction.dto.ts';
import { SanctionService } from './sanction.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const givenId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const agencyParam = ApiParam({ name: 'agencyId', type: 'string', description: 'As given at import' });
const shown = ApiResponse({ status: 200, type: SanctionView, description: 'The sanction' });
const WRITES = ['collections-manager', 'compliance'] as const;
const DECIDES = ['compliance', 'head-office-approver'] as const;
const BANK_READS = [...WRITES, 'head-office-approver', 'regulator', 'admin'] as const;
const READS = [...BANK_READS, 'agency-supervisor'] as const;

@ApiTags('sanction')
@Controller('v1')
export class SanctionController {
  constructor(
    @Inject(SanctionService) private readonly sanctions: SanctionService,
    @Inject(AppealService) private readonly appeals: AppealService,
    @Inject(LetterService) private readonly letters: LetterService,
  ) {}

  @ApiOperation({ operationId: 'findSanctionLadder', summary: 'Which step of HLJ 36 would be next, and why; a person decides' })
  @ApiResponse({ status: 200, type: LadderView, description: 'The suggestion' })
  @agencyParam
  @Roles(...BANK_READS)
  @Get('agencies/:agencyId/sanction-ladder')
  ladder(@CurrentPrincipal() principal: Principal, @Param('agencyId') agencyId: string): Promise<LadderView> {
    return this.sanctions.ladder(principal, agencyId);
  }

  @ApiOperation({
    operationId: 'createSanction',
    summary: 'Take a step against an agency; from the circular on it waits for a second person',
  })
  @ApiResponse({ status: 201, type: SanctionView, description: 'The sanction' })
  @idempotent
  @agencyParam
  @Roles(...WRITES)
  @Post('agencies/:agencyId/sanctions')
  propose(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: SanctionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    return this.sanctions.propose(principal, agencyId, request, idempotency);
  }

  @ApiOperation({ operationId: 'listSanctions', summary: 'Sanctions, the newest first; an agency finds its own alone, once in force' })
  @ApiResponse({ status: 200, type: SanctionPage, description: 'A page of sanctions' })
  @Roles(...READS)
  @Get('sanctions')
  list(@CurrentPrincipal() principal: Principal, @Query() request: SanctionListRequest): Promise<SanctionPage> {
    return this.sanctions.list(principal, request);
  }

  @ApiOperation({ operationId: 'findSanction', summary: 'One sanction' })
  @shown
  @givenId
  @Roles(...READS)
  @Get('sanctions/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SanctionView> {
    return this.sanctions.find(principal, id);
  }

  @ApiOperation({ operationId: 'downloadSanctionLetter', summary: 'The letter to the agency; the same bytes each time' })
  @ApiProduces('application/pdf')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'A PDF, in Chinese' })
  @givenId
  @Roles(...READS)
  @Get('sanctions/:id/letter.pdf')
  async letter(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<StreamableFile> {
    const disposition = `attachment; filename="sanction-${id}.pdf"`;
    return new StreamableFile(await this.letters.letter(principal, id), { type: 'application/pdf', disposition });
  }

  @ApiOperation({ operationId: 'approveSanction', summary: 'Let a sanction come into force; never who proposed it' })
  @shown
  @idempotent
  @givenId
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('sanctions/:id/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    return this.sanctions.approve(principal, id, idempotency);
  }

  @ApiOperation({ operationId: 'rejectSanction', summary: 'Refuse a sanction that was proposed; never who proposed it' })
  @shown
  @idempotent
  @givenId
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('sanctions/:id/rejection')
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: SanctionReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    return this.sanctions.reject(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'withdrawSanction', summary: 'Take back what you proposed' })
  @shown
  @idempotent
  @givenId
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('sanctions/:id/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: SanctionReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    return this.sanctions.withdraw(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'endSanction', summary: 'A training was held, a report was sent, or it is no longer needed' })
  @shown
  @idempotent
  @givenId
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('sanctions/:id/end')
  end(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: SanctionReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    return this.sanctions.end(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'acknowledgeSanction', summary: 'The agency takes note' })
  @shown
  @idempotent
  @givenId
  @Roles('agency-supervisor')
  @HttpCode(200)
  @Post('sanctions/:id/acknowledgement')
  acknowledge(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    return this.appeals.acknowledge(principal, id, idempotency);
  }

  @ApiOperation({ operationId: 'appealSanction', summary: 'The agency appeals, once; the sanction stays in force meanwhile' })
  @ApiResponse({ status: 201, type: SanctionView, description: 'The sanction' })
  @idempotent
  @givenId
  @Roles('agency-supervisor')
  @Post('sanctions/:id/appeal')
  appeal(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { appeal }: AppealRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    return this.appeals.appeal(principal, id, appeal, idempotency);
  }

  @ApiOperation({ operationId: 'decideSanctionAppeal', summary: 'Uphold or revoke; never who proposed or approved it' })
  @shown
  @idempotent
  @givenId
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('sanctions/:id/appeal-decision')
  decideAppeal(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: AppealDecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SanctionView> {
    return this.appeals.decide(principal, id, request, idempotency);
  }
}
