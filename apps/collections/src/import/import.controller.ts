import { Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { IMPORT_KINDS } from './import-kind.ts';
import { ImportView } from './import.dto.ts';
import { ImportService } from './import.service.ts';

@ApiTags('import')
@Controller('v1/imports')
export class ImportController {
  constructor(@Inject(ImportService) private readonly imports: ImportService) {}

  @ApiOperation({ operationId: 'createImport', summary: 'Import a CSV or XLSX file as a job; the same file again changes nothing' })
  @ApiResponse({ status: 202, type: ImportView, description: 'The import, queued' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and file, same answer; kept 7 days' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['kind', 'file'],
      properties: { kind: { type: 'string', enum: [...IMPORT_KINDS] }, file: { type: 'string', format: 'binary' } },
    },
  })
  @Roles('collections-manager', 'agency-supervisor', 'integration', 'admin')
  @HttpCode(202)
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ImportView> {
    return this.imports.create(principal, request, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'findImport', summary: 'Progress, counts and row errors of an import' })
  @ApiResponse({ status: 200, type: ImportView, description: 'The import' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @Roles('collections-manager', 'agency-supervisor', 'compliance', 'integration', 'admin')
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ImportView> {
    return this.imports.find(principal, id);
  }
}
