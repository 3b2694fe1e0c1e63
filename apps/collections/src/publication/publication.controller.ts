import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#auth';
import { Lang, languageHeader } from '#http';
import { formOf } from '../policy/accept.ts';
import { sendTagged } from '../tagged-answer.ts';
import { PublishedHistory, PublishedHistoryRequest, PublishedList, PublishedListRequest } from './publication.dto.ts';
import { historyPage, listPage, PUBLIC_PAGE_POLICY } from './publication-page.ts';
import { PublicationService } from './publication.service.ts';

// Kept, but asked about each time: a suspended agency leaves at once. What stood at a time that is over stays as it stood.
const CURRENT = 'public, no-cache';
const PAST = 'public, max-age=86400, immutable';

const acceptHeader = ApiHeader({ name: 'Accept', required: false, description: '`application/json` (when left out) or `text/html`' });
const inTwoForms = (type: Parameters<typeof getSchemaPath>[0], description: string): MethodDecorator =>
  ApiResponse({
    status: 200,
    description,
    content: { 'application/json': { schema: { $ref: getSchemaPath(type) } }, 'text/html': { schema: { type: 'string' } } },
  });

/** The published list of agencies: on an official channel, open to everybody, with its history. */
@ApiTags('published list')
@ApiExtraModels(PublishedList, PublishedHistory)
@Public()
@Controller('v1/published-agencies')
export class PublicationController {
  constructor(@Inject(PublicationService) private readonly publications: PublicationService) {}

  @ApiOperation({
    operationId: 'listPublishedAgencies',
    summary: 'The agencies that collect for the institution, today or as it was published on any date',
  })
  @inTwoForms(PublishedList, 'The list')
  @ApiProduces('application/json', 'text/html')
  @languageHeader
  @acceptHeader
  @Get()
  async list(
    @Query() query: PublishedListRequest,
    @Lang() preferred: 'zh' | 'en',
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const list = await this.publications.list(query);
    const cache = list.asOf === null ? CURRENT : PAST;
    if (formOf(request.headers.accept) !== 'html')
      return sendTagged(request, reply, { type: 'application/json', body: JSON.stringify(list), cache });
    return sendTagged(request, reply, {
      type: 'text/html',
      body: listPage(list, query, query.lang ?? preferred),
      cache,
      policy: PUBLIC_PAGE_POLICY,
    });
  }

  @ApiOperation({
    operationId: 'listPublicationHistory',
    summary: 'What the list has said: entries, exits and changed words, the newest first',
  })
  @inTwoForms(PublishedHistory, 'A page of the history')
  @ApiProduces('application/json', 'text/html')
  @languageHeader
  @acceptHeader
  @Get('history')
  async history(
    @Query() query: PublishedHistoryRequest,
    @Lang() preferred: 'zh' | 'en',
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const history = await this.publications.history(query);
    if (formOf(request.headers.accept) !== 'html')
      return sendTagged(request, reply, { type: 'application/json', body: JSON.stringify(history), cache: CURRENT });
    return sendTagged(request, reply, {
      type: 'text/html',
      body: historyPage(history, query, query.lang ?? preferred),
      cache: CURRENT,
      policy: PUBLIC_PAGE_POLICY,
    });
  }
}
