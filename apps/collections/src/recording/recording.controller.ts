import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Put, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { KeepingService } from './keeping.service.ts';
import { ListeningService } from './listening.service.ts';
import { spanOf } from './range.ts';
import {
  RECORDING_KINDS,
  RecordingListRequest,
  RecordingPage,
  RecordingReasonRequest,
  RecordingReferenceRequest,
  RecordingTermRequest,
  RecordingTerms,
  RecordingView,
} from './recording.dto.ts';
import { RecordingService } from './recording.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const idParam = ApiParam({ name: 'id', description: 'The id of the recording', schema: { type: 'string', format: 'uuid' } });
const MAKES = ['agent', 'agency-supervisor', 'collections-manager', 'integration'] as const;
const SEES = [...MAKES, 'compliance', 'complaint-handler', 'complaint-supervisor', 'regulator'] as const;
const HOLDS = ['compliance'] as const;

@ApiTags('recording')
@Controller('v1')
export class RecordingController {
  constructor(
    @Inject(RecordingService) private readonly recordings: RecordingService,
    @Inject(ListeningService) private readonly listening: ListeningService,
    @Inject(KeepingService) private readonly keeping: KeepingService,
  ) {}

  @ApiOperation({ operationId: 'uploadRecording', summary: 'Keep a recording of a contact, sealed; what it is, its bytes say' })
  @ApiResponse({ status: 201, type: RecordingView, description: 'The recording; the same file of the same contact is kept once' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        attemptId: { type: 'string', format: 'uuid' },
        caseId: { type: 'string' },
        kind: { type: 'string', enum: [...RECORDING_KINDS] },
        recordedAt: { type: 'string', format: 'date-time' },
        file: { type: 'string', format: 'binary' },
      },
    },
  })
  @idempotent
  @Roles(...MAKES)
  @Post('recordings')
  upload(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RecordingView> {
    return this.recordings.receive(principal, request, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'referToRecording', summary: 'Note where a recording is kept, and its SHA-256' })
  @ApiResponse({ status: 201, type: RecordingView, description: 'The recording' })
  @idempotent
  @Roles(...MAKES)
  @Post('recordings/references')
  refer(
    @CurrentPrincipal() principal: Principal,
    @Body() request: RecordingReferenceRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RecordingView> {
    return this.recordings.refer(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listRecordings', summary: 'The recordings of a case, the newest first' })
  @ApiResponse({ status: 200, type: RecordingPage, description: 'A page of recordings' })
  @ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' })
  @Roles(...SEES)
  @Get('cases/:id/recordings')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Query() request: RecordingListRequest): Promise<RecordingPage> {
    return this.listening.list(principal, id, request);
  }

  @ApiOperation({ operationId: 'findRecording', summary: 'A recording: what it is of, and how long it is kept' })
  @ApiResponse({ status: 200, type: RecordingView, description: 'The recording' })
  @idParam
  @Roles(...SEES)
  @Get('recordings/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RecordingView> {
    return this.listening.find(principal, id);
  }

  @ApiOperation({ operationId: 'playRecording', summary: 'The file; in parts where a Range is asked for. Who hears it is recorded' })
  @ApiProduces('application/octet-stream')
  @ApiHeader({ name: 'Range', required: false, description: 'One span of bytes' })
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The whole file; its ETag is its SHA-256' })
  @ApiResponse({ status: 206, schema: { type: 'string', format: 'binary' }, description: 'The span that was asked for' })
  @ApiResponse({ status: 416, schema: { type: 'string' }, description: 'The span lies outside of the file; nothing is sent' })
  @idParam
  @Roles(...SEES)
  @Get('recordings/:id/content')
  async play(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Headers('range') range: string | undefined,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const { bytes, mediaType, sha256, open } = await this.listening.open(principal, id, http.id);
    const span = spanOf(range, bytes);
    void reply.headers({ 'accept-ranges': 'bytes', 'cache-control': 'private, no-store', etag: `"${sha256}"` });
    if (span === 'outside') {
      void reply.status(416).header('content-range', `bytes */${bytes}`);
      return undefined;
    }
    const { from, to } = span ?? { from: 0, to: bytes - 1 };
    if (span) void reply.status(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
    return new StreamableFile(Readable.from(open(from, to)), { type: mediaType, disposition: 'inline', length: to - from + 1 });
  }

  @ApiOperation({ operationId: 'holdRecording', summary: 'Keep a recording for the law until the hold is lifted' })
  @ApiResponse({ status: 200, type: RecordingView, description: 'The recording, held' })
  @idempotent
  @idParam
  @Roles(...HOLDS)
  @HttpCode(200)
  @Post('recordings/:id/legal-hold')
  hold(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: RecordingReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RecordingView> {
    return this.keeping.hold(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'liftRecordingHold', summary: 'End the hold of a recording' })
  @ApiResponse({ status: 200, type: RecordingView, description: 'The recording, with its term alone' })
  @idempotent
  @idParam
  @Roles(...HOLDS)
  @HttpCode(200)
  @Post('recordings/:id/legal-hold-lifting')
  lift(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: RecordingReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<RecordingView> {
    return this.keeping.lift(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'listRecordingTerms', summary: 'For how long the institution keeps recordings' })
  @ApiResponse({ status: 200, type: RecordingTerms, description: 'By kind' })
  @Roles(...SEES, 'admin')
  @Get('recording-terms')
  terms(@CurrentPrincipal() principal: Principal): Promise<RecordingTerms> {
    return this.keeping.terms(principal);
  }

  @ApiOperation({ operationId: 'setRecordingTerm', summary: 'Set for how long recordings of a kind are kept: two years at least' })
  @ApiResponse({ status: 200, type: RecordingTerms, description: 'By kind' })
  @Roles('compliance', 'admin')
  @Put('recording-terms')
  setTerm(@CurrentPrincipal() principal: Principal, @Body() request: RecordingTermRequest): Promise<RecordingTerms> {
    return this.keeping.setTerm(principal, request);
  }
}
