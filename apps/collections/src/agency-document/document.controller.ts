import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { DOCUMENT_KINDS } from './document-kinds.ts';
import { AgencyDocumentPage, AgencyDocumentView, DocumentListRequest } from './document.dto.ts';
import { DocumentService } from './document.service.ts';

const agencyParam = ApiParam({ name: 'agencyId', type: 'string' });

@ApiTags('agency')
@Controller('v1/agencies/:agencyId/documents')
export class DocumentController {
  constructor(@Inject(DocumentService) private readonly documents: DocumentService) {}

  @ApiOperation({
    operationId: 'uploadAgencyDocument',
    summary: 'Keep a document: the next version of its kind and title, with the SHA-256 of its bytes',
  })
  @ApiResponse({ status: 201, type: AgencyDocumentView, description: 'The document' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key, fields and file, same answer; kept 7 days' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['kind', 'title', 'file'],
      properties: {
        kind: { type: 'string', enum: [...DOCUMENT_KINDS] },
        title: { type: 'string', maxLength: 200 },
        validUntil: { type: 'string', format: 'date' },
        file: { type: 'string', format: 'binary', description: 'PDF, JPEG, PNG, DOCX or XLSX, by its bytes' },
      },
    },
  })
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @Post()
  upload(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyDocumentView> {
    return this.documents.upload(principal, agencyId, request, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'listAgencyDocuments', summary: 'All versions of the documents of an agency, the newest first' })
  @ApiResponse({ status: 200, type: AgencyDocumentPage, description: 'A page of documents' })
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'admin')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Query() request: DocumentListRequest,
  ): Promise<AgencyDocumentPage> {
    return this.documents.list(principal, agencyId, request);
  }

  @ApiOperation({ operationId: 'downloadAgencyDocument', summary: 'The bytes of a document; reading them is recorded' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The file; its ETag is its SHA-256' })
  @agencyParam
  @ApiParam({ name: 'documentId', schema: { type: 'string', format: 'uuid' } })
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator')
  @Get(':documentId/file')
  async download(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, documentId }: Record<'agencyId' | 'documentId', string>,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.documents.file(principal, agencyId, documentId, http.id);
    void reply.headers({ etag: `"${file.sha256}"`, 'x-content-type-options': 'nosniff' });
    return new StreamableFile(Readable.from(file.open()), {
      type: file.contentType,
      disposition: attachment(file.fileName),
      length: file.bytes,
    });
  }
}
