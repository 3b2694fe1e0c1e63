import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { MadeNote, NotePage, NoteRequest, TimelinePage, TimelineRequest } from './note.dto.ts';
import { NoteService } from './note.service.ts';
import { TimelineService } from './timeline.service.ts';

const caseParam = ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' });
const READS = ['agent', 'agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration'] as const;

@ApiTags('case')
@Controller('v1/cases')
export class NoteController {
  constructor(
    @Inject(NoteService) private readonly notes: NoteService,
    @Inject(TimelineService) private readonly timelines: TimelineService,
  ) {}

  @ApiOperation({
    operationId: 'writeNote',
    summary: 'Write a note on a case; words of danger or need stop collection at once and go to a person',
  })
  @ApiResponse({ status: 201, type: MadeNote, description: 'The note' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @caseParam
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration')
  @Post(':id/notes')
  write(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: NoteRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<MadeNote> {
    return this.notes.add(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'listNotes', summary: 'The notes of a case, the newest first; reads are recorded' })
  @ApiResponse({ status: 200, type: NotePage, description: 'A page of notes' })
  @caseParam
  @Roles(...READS)
  @Get(':id/notes')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: PageRequest,
    @Req() http: FastifyRequest,
  ): Promise<NotePage> {
    return this.notes.list(principal, id, request, http.id);
  }

  @ApiOperation({
    operationId: 'listTimeline',
    summary:
      'What happened on a case, the newest first: contacts and refusals, notes, promises, visits, recordings, what was set and released',
  })
  @ApiResponse({
    status: 200,
    type: TimelinePage,
    description: 'A page; an agency sees what its own people did, what stops contact, and what is shared with it',
  })
  @caseParam
  @Roles(...READS)
  @Get(':id/timeline')
  timeline(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: TimelineRequest,
    @Req() http: FastifyRequest,
  ): Promise<TimelinePage> {
    return this.timelines.list(principal, id, request, http.id);
  }
}
