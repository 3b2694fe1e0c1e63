import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { EvidenceService } from './evidence.service.ts';
import {
  FileView,
  InspectionFindingListRequest,
  FindingPage,
  FindingRequest,
  FindingView,
  RectificationRequest,
  VerificationRequest,
} from './finding.dto.ts';
import { InspectingService } from './inspecting.service.ts';
import { InspectionView } from './inspection.dto.ts';
import { RectificationService } from './rectification.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const givenId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const WRITES = ['collections-manager', 'compliance'] as const;
const READS = [...WRITES, 'agency-supervisor', 'regulator', 'admin'] as const;

@ApiTags('inspection')
@Controller('v1')
export class FindingController {
  constructor(
    @Inject(InspectingService) private readonly inspecting: InspectingService,
    @Inject(RectificationService) private readonly rectifications: RectificationService,
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
  ) {}

  @ApiOperation({ operationId: 'createInspectionFinding', summary: 'What an inspection under way has found, and by when it is rectified' })
  @ApiResponse({ status: 201, type: FindingView, description: 'The finding; the agency is told when the inspection is done' })
  @idempotent
  @givenId
  @Roles(...WRITES)
  @Post('inspections/:id/findings')
  add(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: FindingRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<FindingView> {
    return this.inspecting.find(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'removeInspectionFinding', summary: 'Take a finding back while the inspection is under way' })
  @ApiResponse({ status: 200, type: InspectionView, description: 'The inspection without it' })
  @givenId
  @Roles(...WRITES)
  @Delete('inspection-findings/:id')
  remove(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<InspectionView> {
    return this.inspecting.takeBack(principal, id);
  }

  @ApiOperation({ operationId: 'listInspectionFindings', summary: 'Findings, the newest first; an agency finds its own alone' })
  @ApiResponse({ status: 200, type: FindingPage, description: 'A page of findings' })
  @Roles(...READS)
  @Get('inspection-findings')
  list(@CurrentPrincipal() principal: Principal, @Query() request: InspectionFindingListRequest): Promise<FindingPage> {
    return this.rectifications.list(principal, request);
  }

  @ApiOperation({ operationId: 'findInspectionFinding', summary: 'One finding with what the agency reported of it' })
  @ApiResponse({ status: 200, type: FindingView, description: 'The finding' })
  @givenId
  @Roles(...READS)
  @Get('inspection-findings/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<FindingView> {
    return this.rectifications.find(principal, id);
  }

  @ApiOperation({ operationId: 'reportRectification', summary: 'Say what was done about a finding' })
  @ApiResponse({ status: 201, type: FindingView, description: 'The finding; its rectification waits for a verdict' })
  @idempotent
  @givenId
  @Roles('agency-supervisor', ...WRITES)
  @Post('inspection-findings/:id/rectifications')
  report(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { report }: RectificationRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<FindingView> {
    return this.rectifications.report(principal, id, report, idempotency);
  }

  @ApiOperation({ operationId: 'verifyRectification', summary: 'Accept what the agency reported, or send it back; never who reported it' })
  @ApiResponse({ status: 200, type: FindingView, description: 'The finding' })
  @idempotent
  @givenId
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('inspection-findings/:id/verification')
  judge(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: VerificationRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<FindingView> {
    return this.rectifications.judge(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'addInspectionFile', summary: 'Evidence of an inspection or a finding; kept with its SHA-256' })
  @ApiResponse({ status: 201, type: FileView, description: 'The file' })
  @idempotent
  @givenId
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        finding: { type: 'string', format: 'uuid', description: 'The finding that it belongs to' },
        file: { type: 'string', format: 'binary' },
      },
    },
  })
  @Roles('agency-supervisor', ...WRITES)
  @Post('inspections/:id/files')
  addFile(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<FileView> {
    return this.evidence.add(principal, id, request, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'downloadInspectionFile', summary: 'A file of an inspection; its digest is its SHA-256' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The file' })
  @givenId
  @ApiParam({ name: 'fileId', schema: { type: 'string', format: 'uuid' } })
  @Roles(...READS)
  @Get('inspections/:id/files/:fileId')
  async download(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.evidence.file(principal, id, fileId);
    void reply.header('repr-digest', `sha-256=:${file.sha256.toString('base64')}:`);
    // Never shown in the browser: nobody knows what the file is.
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName).replaceAll(/['()*!]/g, '_')}`;
    return new StreamableFile(Readable.from(file.open()), { type: 'application/octet-stream', disposition, length: file.bytes });
  }
}
