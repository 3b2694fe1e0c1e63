import { Readable } from 'node:stream';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { READERS } from '../complaint/readers.ts';
import { ExportPage, ExportRequest, ExportView } from './export.dto.ts';
import { ExportService } from './export.service.ts';

const exportId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('export')
@Roles(...READERS)
@Controller('v1/complaint-exports')
export class ExportController {
  constructor(@Inject(ExportService) private readonly exports: ExportService) {}

  @ApiOperation({
    operationId: 'exportComplaints',
    summary: 'Have a list of complaints written into a file as a job; personal data masked by role, what is shown unmasked is recorded',
  })
  @ApiResponse({ status: 202, type: ExportView, description: 'The export, queued' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same export; kept 7 days' })
  @HttpCode(202)
  @Post()
  request(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ExportRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ExportView> {
    return this.exports.request(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listExports', summary: 'My exports, the newest first' })
  @ApiResponse({ status: 200, type: ExportPage, description: 'A page' })
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: PageRequest): Promise<ExportPage> {
    return this.exports.list(principal, request);
  }

  @ApiOperation({ operationId: 'findExport', summary: 'How far an export of mine is' })
  @ApiResponse({ status: 200, type: ExportView, description: 'The export' })
  @exportId
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ExportView> {
    return this.exports.find(principal, id);
  }

  @ApiOperation({ operationId: 'cancelExport', summary: 'Stop an export of mine' })
  @ApiResponse({ status: 200, type: ExportView, description: 'The export' })
  @exportId
  @HttpCode(200)
  @Post(':id/cancellation')
  cancel(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ExportView> {
    return this.exports.cancel(principal, id);
  }

  @ApiOperation({ operationId: 'downloadExport', summary: 'The file of an export of mine, as long as it is kept; each time is noted' })
  @ApiProduces('text/csv', XLSX)
  @ApiResponse({ status: 200, description: 'The file', schema: { type: 'string', format: 'binary' } })
  @exportId
  @Header('cache-control', 'private, no-store')
  @Get(':id/file')
  async file(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<StreamableFile> {
    const { record, open } = await this.exports.file(principal, id);
    const day = record.createdAt.toISOString().slice(0, 10);
    return new StreamableFile(Readable.from(open()), {
      type: record.format === 'csv' ? 'text/csv; charset=utf-8' : XLSX,
      disposition: attachment(`投诉-${day}.${record.format}`, `complaints-${day}.${record.format}`),
      length: record.bytes ?? undefined,
    });
  }
}
