import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import {
  BatchPage,
  BatchRequest,
  BatchView,
  LetterListRequest,
  LetterPage,
  LetterView,
  SealRequest,
  SealView,
  TrackingRequest,
} from './letter.dto.ts';
import type { Printed } from './letter.paper.ts';
import { LetterService } from './letter.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const PRINTS = ['collections-manager', 'integration'] as const;

const file = ({ bytes }: Printed, name: string): StreamableFile =>
  new StreamableFile(bytes, { type: 'application/pdf', disposition: `inline; filename="${name}.pdf"`, length: bytes.length });

@ApiTags('letter')
@Controller('v1')
export class LetterController {
  constructor(@Inject(LetterService) private readonly letters: LetterService) {}

  @ApiOperation({ operationId: 'listLetters', summary: 'Letters and where they are, the newest first' })
  @ApiResponse({ status: 200, type: LetterPage, description: 'A page of letters' })
  @Roles(...PRINTS, 'compliance', 'regulator')
  @Get('letters')
  list(@CurrentPrincipal() principal: Principal, @Query() request: LetterListRequest): Promise<LetterPage> {
    return this.letters.list(principal, request);
  }

  @ApiOperation({ operationId: 'getLetter', summary: 'The letter as it is printed; the same bytes whenever it is asked for' })
  @ApiProduces('application/pdf')
  @ApiResponse({ status: 200, description: 'PDF', schema: { type: 'string', format: 'binary' } })
  @idParam
  @Roles('agent', 'agency-supervisor', ...PRINTS)
  @Header('content-security-policy', "default-src 'none'")
  @Get('letters/:id/pdf')
  async pdf(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() request: FastifyRequest): Promise<StreamableFile> {
    return file(await this.letters.pdf(principal, id, request.id), `letter-${id.slice(-12)}`);
  }

  @ApiOperation({ operationId: 'printLetters', summary: 'Make one PDF of the letters that wait, behind a list of them' })
  @ApiResponse({ status: 201, type: BatchView, description: 'The batch' })
  @idempotent
  @Roles(...PRINTS)
  @Post('letter-batches')
  print(
    @CurrentPrincipal() principal: Principal,
    @Body() request: BatchRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<BatchView> {
    return this.letters.print(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listLetterBatches', summary: 'Batches that were printed, the newest first' })
  @ApiResponse({ status: 200, type: BatchPage, description: 'A page of batches' })
  @Roles(...PRINTS, 'compliance', 'regulator')
  @Get('letter-batches')
  batches(@CurrentPrincipal() principal: Principal, @Query() request: PageRequest): Promise<BatchPage> {
    return this.letters.batches(principal, request);
  }

  @ApiOperation({ operationId: 'getLetterBatch', summary: 'The letters of a batch as they are printed' })
  @ApiProduces('application/pdf')
  @ApiResponse({ status: 200, description: 'PDF', schema: { type: 'string', format: 'binary' } })
  @idParam
  @Roles(...PRINTS)
  @Get('letter-batches/:id/pdf')
  async batchPdf(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    return file(await this.letters.batchPdf(principal, id, request.id), `letters-${id.slice(-12)}`);
  }

  @ApiOperation({ operationId: 'trackLetter', summary: 'Say what the post did: posted, delivered, returned' })
  @ApiResponse({ status: 200, type: LetterView, description: 'The letter' })
  @idempotent
  @idParam
  @Roles(...PRINTS)
  @HttpCode(200)
  @Post('letters/:id/tracking')
  track(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: TrackingRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<LetterView> {
    return this.letters.track(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'getLetterSeal', summary: 'The picture of the seal on letters' })
  @ApiResponse({ status: 200, type: SealView, description: 'The seal' })
  @Roles('collections-manager', 'compliance')
  @Get('letter-seal')
  seal(@CurrentPrincipal() principal: Principal): Promise<SealView> {
    return this.letters.seal(principal);
  }

  @ApiOperation({ operationId: 'setLetterSeal', summary: 'Set the picture of the seal, for letters that are numbered from now on' })
  @ApiResponse({ status: 200, type: SealView, description: 'The seal' })
  @Roles('compliance')
  @Put('letter-seal')
  setSeal(@CurrentPrincipal() principal: Principal, @Body() { png }: SealRequest): Promise<SealView> {
    return this.letters.setSeal(principal, png);
  }
}
