import { Controller, Get, Inject, Ip, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExcludeEndpoint,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#auth';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PublishedChannels } from '../channels/channel.dto.ts';
import { ChannelService } from '../channels/channel.service.ts';
import { FormReader } from './form-reader.ts';
import { IntakeService } from './intake.service.ts';
import { PUBLIC_PAGE_POLICY } from './page-frame.ts';
import { FORM_FIELDS, PublicPages, type Page } from './public-pages.ts';
import { PublicComplaintRequest, PublicRequest, ReceiptView } from './public.dto.ts';

type Language = 'zh' | 'en';
const textHtml = { 'text/html': { schema: { type: 'string' } } } as const;

export const asPage = (reply: FastifyReply, { status, body, retryAfterSeconds }: Page, cache = 'no-store'): void => {
  void reply.status(status).headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PUBLIC_PAGE_POLICY,
    'cache-control': cache,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
  void reply.send(body);
};

/** How the page was asked for. */
export const askedOf = ({ institutionId, lang }: PublicRequest, preferred: Language, request: FastifyRequest) => ({
  institutionId,
  language: lang ?? preferred,
  ip: request.ip,
  requestId: request.id,
});

/** How to complain, and where: open to everybody, without a login. */
@ApiTags('public page')
@ApiExtraModels(PublishedChannels, PublicComplaintRequest)
@Public()
@languageHeader
@Controller('v1')
export class FormController {
  constructor(
    @Inject(PublicPages) private readonly pages: PublicPages,
    @Inject(ChannelService) private readonly channels: ChannelService,
    @Inject(IntakeService) private readonly intake: IntakeService,
    @Inject(FormReader) private readonly reader: FormReader,
  ) {}

  @ApiOperation({
    operationId: 'showComplaintChannels',
    summary: 'How to complain, what happens then, and by when: as published, with the terms of the packs in force',
  })
  @ApiProduces('application/json', 'text/html')
  @ApiResponse({
    status: 200,
    description: 'The page, or its data',
    content: { 'application/json': { schema: { $ref: getSchemaPath(PublishedChannels) } }, ...textHtml },
  })
  @Get('complaint-channels')
  async howTo(
    @Query() query: PublicRequest,
    @Lang() preferred: Language,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = askedOf(query, preferred, request);
    if (/text\/html/.test(request.headers.accept ?? '')) return asPage(reply, await this.pages.howTo(asked), 'public, max-age=60');
    void reply.header('cache-control', 'public, max-age=60').send(await this.channels.published(asked.institutionId, asked.language));
  }

  @ApiOperation({ operationId: 'showComplaintForm', summary: 'The page on which everybody complains' })
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'The page', content: textHtml })
  @Get('complaint-form')
  form(@Query() query: PublicRequest, @Lang() preferred: Language, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    asPage(reply, this.pages.form(askedOf(query, preferred, request)));
  }

  @ApiOperation({
    operationId: 'fileComplaint',
    summary: 'Complain without a login; received now. The answer is the same whether the bank knows the person or not',
  })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({
    schema: {
      allOf: [
        { $ref: getSchemaPath(PublicComplaintRequest) },
        {
          type: 'object',
          properties: { file: { type: 'array', items: { type: 'string', format: 'binary' }, description: 'Ten at most' } },
        },
      ],
    },
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key, fields and files, same receipt; kept 7 days' })
  @ApiResponse({ status: 201, type: ReceiptView, description: 'The receipt' })
  @Post('complaint-form')
  async file(
    @Query() query: PublicRequest,
    @Ip() ip: string,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ReceiptView> {
    const visitor = { institutionId: this.channels.institution(query.institutionId), ip, requestId: request.id };
    await this.intake.admit(visitor);
    const { view } = await this.reader.within(request, visitor.institutionId, FORM_FIELDS, async ({ fields, files }) => {
      const checked = await this.reader.check(PublicComplaintRequest, fields);
      return this.intake.submit(visitor, { request: checked, files, key: idempotency?.key ?? null });
    });
    return view;
  }

  // What the form of the page sends, without script. The same words, the same limits.
  @ApiExcludeEndpoint()
  @ApiConsumes('multipart/form-data')
  @Post('complaint-form/page')
  async submit(
    @Query() query: PublicRequest,
    @Lang() preferred: Language,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    asPage(reply, await this.pages.submit(request, askedOf(query, preferred, request)));
  }
}
