import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import { FILE_KINDS } from './file-kinds.ts';
import { TYPES_IN_WORDS } from './file-types.ts';
import { FileDesk, type FilePath } from './file.desk.ts';
import { ComplaintFileList, ComplaintFileView, FileRemovalRequest, FileVisibilityRequest } from './file.dto.ts';
import { guarded, inline } from './serving.ts';

const complaintParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const fileParam = ApiParam({ name: 'fileId', schema: { type: 'string', format: 'uuid' } });
const binary = { schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('file')
@Controller('v1/complaints/:id/files')
export class FileController {
  constructor(@Inject(FileDesk) private readonly desk: FileDesk) {}

  @ApiOperation({ operationId: 'addComplaintFile', summary: 'Keep a file of a complaint, sealed, with the SHA-256 of its bytes' })
  @ApiResponse({ status: 201, type: ComplaintFileView, description: 'The file' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key, fields and file, same answer; kept 7 days' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['kind', 'file'],
      properties: {
        kind: { type: 'string', enum: [...FILE_KINDS] },
        visibleToComplainant: { type: 'string', enum: ['true', 'false'], default: 'false' },
        file: { type: 'string', format: 'binary', description: `By its bytes: ${TYPES_IN_WORDS}` },
      },
    },
  })
  @complaintParam
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'integration')
  @Post()
  upload(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ComplaintFileView> {
    return this.desk.upload(principal, id, request, idempotency?.key ?? null);
  }

  @ApiOperation({
    operationId: 'listComplaintFiles',
    summary: 'The files of a complaint, the oldest first',
  })
  @ApiResponse({ status: 200, type: ComplaintFileList, description: 'The files' })
  @complaintParam
  @Roles(...READERS)
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<ComplaintFileList> {
    return this.desk.list(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'downloadComplaintFile', summary: 'The bytes of a file, to be kept; reading them is recorded' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, ...binary, description: 'The file; its ETag is its SHA-256' })
  @complaintParam
  @fileParam
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Get(':fileId/download')
  async download(
    @CurrentPrincipal() principal: Principal,
    @Param() path: FilePath,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.desk.open(principal, path, 'download', http.id);
    void reply.headers({ ...guarded(file.mime), etag: `"${file.sha256}"` });
    return new StreamableFile(Readable.from(file.open()), {
      type: file.mime,
      disposition: attachment(file.fileName),
      length: file.bytes,
    });
  }

  @ApiOperation({
    operationId: 'previewComplaintFile',
    summary: 'An image, a PDF or a text as the page shows it, under a policy that lets nothing in it run; reading it is recorded',
  })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, ...binary, description: 'The file' })
  @complaintParam
  @fileParam
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Get(':fileId/preview')
  async preview(
    @CurrentPrincipal() principal: Principal,
    @Param() path: FilePath,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.desk.open(principal, path, 'preview', http.id);
    void reply.headers({ ...guarded(file.mime), etag: `"${file.sha256}"` });
    const type = file.mime === 'text/plain' ? 'text/plain; charset=utf-8' : file.mime;
    return new StreamableFile(Readable.from(file.open()), { type, disposition: inline(file.fileName), length: file.bytes });
  }

  @ApiOperation({ operationId: 'showComplaintFile', summary: 'Show a file to the complainant, or no longer' })
  @ApiResponse({ status: 200, type: ComplaintFileView, description: 'The file' })
  @complaintParam
  @fileParam
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post(':fileId/visibility')
  show(
    @CurrentPrincipal() principal: Principal,
    @Param() path: FilePath,
    @Body() request: FileVisibilityRequest,
    @Req() http: FastifyRequest,
  ): Promise<ComplaintFileView> {
    return this.desk.show(principal, path, request, http.id);
  }

  @ApiOperation({
    operationId: 'removeComplaintFile',
    summary: 'Remove the bytes of a file: refused while the complaint is open, and for years after it was closed',
  })
  @ApiResponse({ status: 200, type: ComplaintFileView, description: 'The file, without its bytes' })
  @complaintParam
  @fileParam
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post(':fileId/removal')
  remove(
    @CurrentPrincipal() principal: Principal,
    @Param() path: FilePath,
    @Body() request: FileRemovalRequest,
    @Req() http: FastifyRequest,
  ): Promise<ComplaintFileView> {
    return this.desk.remove(principal, path, request, http.id);
  }
}
