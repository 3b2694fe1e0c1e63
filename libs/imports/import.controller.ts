import { Controller, Get, HttpCode, Inject, Param, Post, Req, type Type } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal, type Role } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { importView, type ImportAnswer } from './import.dto.ts';
import { ImportService } from './import.service.ts';

/** Nobody is no answer. */
export type Allowed = readonly [Role, ...Role[]];

interface Doors {
  readonly mayCreate: Allowed;
  readonly mayRead: Allowed;
}

/** The routes of a service: its kinds of file, its roles. */
export function importController(kinds: readonly string[], { mayCreate, mayRead }: Doors): Type {
  const ImportView = importView(kinds);

  @ApiTags('import')
  @Controller('v1/imports')
  class ImportController {
    constructor(@Inject(ImportService) private readonly imports: ImportService) {}

    @ApiOperation({ operationId: 'createImport', summary: 'Import a CSV or XLSX file as a job; the same file again changes nothing' })
    @ApiResponse({ status: 202, type: ImportView, description: 'The import, queued' })
    @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and file, same answer; kept 7 days' })
    @ApiConsumes('multipart/form-data')
    @ApiBody({
      schema: {
        type: 'object',
        required: ['kind', 'file'],
        properties: { kind: { type: 'string', enum: [...kinds] }, file: { type: 'string', format: 'binary' } },
      },
    })
    @Roles(...mayCreate)
    @HttpCode(202)
    @Post()
    create(
      @CurrentPrincipal() principal: Principal,
      @Req() request: FastifyRequest,
      @Idempotency() idempotency: IdempotentRequest | null,
    ): Promise<ImportAnswer> {
      return this.imports.create(principal, request, idempotency?.key ?? null);
    }

    @ApiOperation({ operationId: 'findImport', summary: 'Progress, counts and row errors of an import' })
    @ApiResponse({ status: 200, type: ImportView, description: 'The import' })
    @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
    @Roles(...mayRead)
    @Get(':id')
    find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ImportAnswer> {
      return this.imports.find(principal, id);
    }
  }

  return ImportController;
}
