import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { TYPES_IN_WORDS } from '../file/file-types.ts';
import { guarded } from '../file/serving.ts';
import { TaskFileList } from './work-file.dto.ts';
import { WorkFileService } from './work-file.service.ts';

const taskParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('work')
@Controller('v1/work-tasks/:id/files')
export class WorkFileController {
  constructor(@Inject(WorkFileService) private readonly files: WorkFileService) {}

  @ApiOperation({ operationId: 'addTaskFile', summary: 'Add a file to a task: who is asked answers with it, the desk discloses it' })
  @ApiResponse({ status: 201, type: TaskFileList, description: 'The files of the task' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and file, same answer; kept 7 days' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary', description: `By its bytes: ${TYPES_IN_WORDS}` } },
    },
  })
  @taskParam
  @Roles('agent', 'agency-supervisor', 'complaint-handler', 'complaint-supervisor')
  @Post()
  upload(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<TaskFileList> {
    return this.files.upload(principal, id, request, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'listTaskFiles', summary: 'The files of a task' })
  @ApiResponse({ status: 200, type: TaskFileList, description: 'The files' })
  @taskParam
  @Roles('agent', 'agency-supervisor', 'complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'admin')
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<TaskFileList> {
    return this.files.list(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'downloadTaskFile', summary: 'The bytes of a file of a task; reading them is recorded' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The file; its ETag is its SHA-256' })
  @taskParam
  @ApiParam({ name: 'fileId', schema: { type: 'string', format: 'uuid' } })
  @Roles('agent', 'agency-supervisor', 'complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Get(':fileId/download')
  async download(
    @CurrentPrincipal() principal: Principal,
    @Param() { id, fileId }: Record<'id' | 'fileId', string>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.files.open(principal, id, fileId, http.id);
    void reply.headers({ ...guarded(file.mime), etag: `"${file.sha256}"` });
    return new StreamableFile(Readable.from(file.open()), {
      type: file.mime,
      disposition: attachment(file.fileName),
      length: file.bytes,
    });
  }
}
