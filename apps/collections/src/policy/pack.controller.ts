import { Controller, Get, Headers, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#auth';
import { PACK_SCHEMA } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { sendTagged } from '../tagged-answer.ts';
import { formOf } from './accept.ts';
import { listMarkdown, packMarkdown } from './pack-markdown.ts';
import { listPage, PAGE_POLICY, packPage } from './pack-page.ts';
import { PackList, PackListRequest, PackRequest, PackView } from './pack.dto.ts';
import { PackService } from './pack.service.ts';

// A pack changes with a release, and what it says is no secret.
const CACHE = 'public, max-age=300';

const acceptHeader = ApiHeader({
  name: 'Accept',
  required: false,
  description: '`application/json` (when left out), `text/html` or `text/markdown`',
});
const inThreeForms = (type: Parameters<typeof getSchemaPath>[0], description: string): MethodDecorator =>
  ApiResponse({
    status: 200,
    description,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(type) } },
      'text/html': { schema: { type: 'string' } },
      'text/markdown': { schema: { type: 'string' } },
    },
  });

const send = (request: FastifyRequest, reply: FastifyReply, answer: { readonly type: string; readonly body: string }): void =>
  sendTagged(request, reply, { ...answer, cache: CACHE, ...(answer.type === 'text/html' && { policy: PAGE_POLICY }) });

/** Which rules there are, in words: open to everybody, debtors among them. */
@ApiTags('policy')
@ApiExtraModels(PackList, PackView)
@Public()
@ApiExtraModels(PackList, PackView)
@Controller('v1/policies')
export class PackController {
  constructor(@Inject(PackService) private readonly packs: PackService) {}

  @ApiOperation({ operationId: 'listPolicies', summary: 'The rule packs with their versions' })
  @inThreeForms(PackList, 'The packs')
  @ApiProduces('application/json', 'text/html', 'text/markdown')
  @languageHeader
  @acceptHeader
  @Get()
  list(
    @Query() { lang }: PackListRequest,
    @Lang() preferred: 'zh' | 'en',
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const language = lang ?? preferred;
    const list = this.packs.list(language);
    const form = formOf(accept);
    if (form === 'html') return send(request, reply, { type: 'text/html', body: listPage(list, language) });
    if (form === 'markdown') return send(request, reply, { type: 'text/markdown', body: listMarkdown(list, language) });
    return send(request, reply, { type: 'application/json', body: JSON.stringify(list) });
  }

  @ApiOperation({
    operationId: 'findPolicySchema',
    summary: 'The JSON Schema (2020-12) of a pack, of an institution’s own rules and of its adjustments',
  })
  @ApiResponse({ status: 200, description: 'The schema', content: { 'application/schema+json': { schema: { type: 'object' } } } })
  @Get('schema')
  schema(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    send(request, reply, { type: 'application/schema+json', body: JSON.stringify(PACK_SCHEMA) });
  }

  @ApiOperation({
    operationId: 'findPolicyPack',
    summary: 'A pack in words: limits, exceptions, instrument, article and grade of every rule, at any date, for staff or for debtors',
  })
  @ApiParam({ name: 'pack', type: 'string', example: 'cn-card' })
  @inThreeForms(PackView, 'The pack')
  @languageHeader
  @acceptHeader
  @Get(':pack')
  find(
    @Param('pack') name: string,
    @Query() query: PackRequest,
    @Lang() preferred: 'zh' | 'en',
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const view = this.packs.find(name, query, query.lang ?? preferred);
    const form = formOf(request.headers.accept);
    if (form === 'html') return send(request, reply, { type: 'text/html', body: packPage(view) });
    if (form === 'markdown') return send(request, reply, { type: 'text/markdown', body: packMarkdown(view) });
    return send(request, reply, { type: 'application/json', body: JSON.stringify(view) });
  }
}
