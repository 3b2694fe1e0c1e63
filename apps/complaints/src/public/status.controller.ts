import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExcludeEndpoint,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#auth';
import { attachment, Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { ChannelService } from '../channels/channel.service.ts';
import { guarded } from '../file/serving.ts';
import { asPage, askedOf } from './form.controller.ts';
import { FormReader } from './form-reader.ts';
import type { Visitor } from './gate.service.ts';
import { ADDITION_FIELDS, PublicPages } from './public-pages.ts';
import { AdditionRequest, PublicComplaintView, PublicRequest, PublicWithdrawalRequest, ReceiptRequest } from './public.dto.ts';
import { StatusService } from './status.service.ts';

type Language = 'zh' | 'en';
const textHtml = { 'text/html': { schema: { type: 'string' } } } as const;

/** How a complaint stands: for whoever has its receipt, without a login. */
@ApiTags('public page')
@ApiExtraModels(AdditionRequest)
@Public()
@languageHeader
@Controller('v1/complaint-status')
export class StatusController {
  constructor(
    @Inject(PublicPages) private readonly pages: PublicPages,
    @Inject(ChannelService) private readonly channels: ChannelService,
    @Inject(StatusService) private readonly statuses: StatusService,
    @Inject(FormReader) private readonly reader: FormReader,
  ) {}

  @ApiOperation({ operationId: 'showComplaintStatusPage', summary: 'The page on which a complainant asks how the complaint stands' })
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'The page', content: textHtml })
  @Get()
  ask(@Query() query: PublicRequest, @Lang() preferred: Language, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    asPage(reply, this.pages.ask(askedOf(query, preferred, request)));
  }

  @ApiOperation({
    operationId: 'askComplaintStatus',
    summary: 'How the complaint of a receipt stands; tries are limited, and a wrong code is the same as a number that is nobody’s',
  })
  @ApiResponse({ status: 200, type: PublicComplaintView, description: 'The complaint' })
  @HttpCode(200)
  @Post()
  status(
    @Query() query: PublicRequest,
    @Body() receipt: ReceiptRequest,
    @Lang() preferred: Language,
    @Req() request: FastifyRequest,
  ): Promise<PublicComplaintView> {
    return this.statuses.status(this.visitorOf(query, request), receipt, query.lang ?? preferred);
  }

  @ApiOperation({ operationId: 'addToComplaint', summary: 'Add a text or files to the complaint of a receipt, while it is open' })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({
    schema: {
      allOf: [
        { $ref: getSchemaPath(AdditionRequest) },
        {
          type: 'object',
          properties: { file: { type: 'array', items: { type: 'string', format: 'binary' }, description: 'Ten at most' } },
        },
      ],
    },
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key, fields and files: added once; kept 7 days' })
  @ApiResponse({ status: 201, type: PublicComplaintView, description: 'The complaint' })
  @Post('additions')
  async add(
    @Query() query: PublicRequest,
    @Lang() preferred: Language,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PublicComplaintView> {
    const visitor = this.visitorOf(query, request);
    await this.pages.knock(visitor);
    const { view } = await this.reader.within(request, visitor.institutionId, ADDITION_FIELDS, async ({ fields, files }) => {
      const checked = await this.reader.check(AdditionRequest, fields);
      return this.statuses.add(visitor, checked, { files, key: idempotency?.key ?? null }, query.lang ?? preferred);
    });
    return view;
  }

  @ApiOperation({
    operationId: 'withdrawOwnComplaint',
    summary: 'Withdraw the complaint of a receipt, which closes it; again changes nothing',
  })
  @ApiResponse({ status: 200, type: PublicComplaintView, description: 'The complaint' })
  @HttpCode(200)
  @Post('withdrawal')
  withdraw(
    @Query() query: PublicRequest,
    @Body() request: PublicWithdrawalRequest,
    @Lang() preferred: Language,
    @Req() http: FastifyRequest,
  ): Promise<PublicComplaintView> {
    return this.statuses.withdraw(this.visitorOf(query, http), request, query.lang ?? preferred);
  }

  @ApiOperation({ operationId: 'downloadShownFile', summary: 'The bytes of a file that the complainant sent or is shown' })
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded')
  @ApiProduces('application/octet-stream')
  @ApiParam({ name: 'fileId', schema: { type: 'string', format: 'uuid' } })
  @ApiResponse({ status: 200, description: 'The file', schema: { type: 'string', format: 'binary' } })
  @HttpCode(200)
  @Post('files/:fileId')
  async download(
    @Query() query: PublicRequest,
    @Param('fileId') fileId: string,
    @Body() receipt: ReceiptRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.statuses.file(this.visitorOf(query, request), receipt, fileId);
    void reply.headers({ ...guarded(file.mime), etag: `"${file.sha256}"` });
    return new StreamableFile(Readable.from(file.open()), { type: file.mime, disposition: attachment(file.fileName), length: file.bytes });
  }

  // What the forms of the page send, without script.
  @ApiExcludeEndpoint()
  @ApiConsumes('multipart/form-data')
  @Post('page')
  async act(
    @Query() query: PublicRequest,
    @Lang() preferred: Language,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    asPage(reply, await this.pages.act(request, askedOf(query, preferred, request)));
  }

  private visitorOf({ institutionId }: PublicRequest, { ip, id }: FastifyRequest): Visitor {
    return { institutionId: this.channels.institution(institutionId), ip, requestId: id };
  }
}
