import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { NoteEditRequest, NoteListRequest, NotePage, NoteRequest, NoteVersionList, NoteView } from './note.dto.ts';
import { NoteService } from './note.service.ts';

const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const keyHeader = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });

@ApiTags('note')
@Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
@Controller('v1')
export class NoteController {
  constructor(@Inject(NoteService) private readonly notes: NoteService) {}

  @ApiOperation({
    operationId: 'addComplaintNote',
    summary: 'Write a note for the desk, or a message that the complainant may read as well',
  })
  @ApiResponse({ status: 201, type: NoteView, description: 'The note' })
  @keyHeader
  @idParam
  @Post('complaints/:id/notes')
  add(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: NoteRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<NoteView> {
    return this.notes.add(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'listComplaintNotes', summary: 'Notes and messages of a complaint, the newest first; masked by role' })
  @ApiResponse({ status: 200, type: NotePage, description: 'A page of notes' })
  @idParam
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator')
  @Get('complaints/:id/notes')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: NoteListRequest,
    @Req() http: FastifyRequest,
  ): Promise<NotePage> {
    return this.notes.list(principal, id, request, http.id);
  }

  @ApiOperation({ operationId: 'editComplaintNote', summary: 'Write a note anew; what it said before is kept' })
  @ApiResponse({ status: 201, type: NoteView, description: 'The note' })
  @keyHeader
  @idParam
  @Post('complaint-notes/:id/versions')
  edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: NoteEditRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<NoteView> {
    return this.notes.edit(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'listNoteVersions', summary: 'What a note said, the newest first' })
  @ApiResponse({ status: 200, type: NoteVersionList, description: 'The versions' })
  @idParam
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator')
  @Get('complaint-notes/:id/versions')
  versions(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<NoteVersionList> {
    return this.notes.versions(principal, id, http.id);
  }
}
