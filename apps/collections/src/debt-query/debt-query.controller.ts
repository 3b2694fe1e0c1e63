import { Body, Controller, Get, Header, HttpCode, Inject, Ip, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExcludeEndpoint, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#auth';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PUBLIC_PAGE_POLICY } from '../publication/public-page.ts';
import { PublicationService } from '../publication/publication.service.ts';
import { DebtAnswerRequest, DebtHolder, DebtQueryAsked, DebtQueryPageRequest, DebtQueryRequest } from './debt-query.dto.ts';
import { DebtQueryForm } from './debt-query.form.ts';
import { questionPage } from './debt-query-page.ts';
import { DebtQueryService } from './debt-query.service.ts';

const asPage = (reply: FastifyReply, page: { readonly status: number; readonly body: string }): void => {
  void reply
    .status(page.status)
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PUBLIC_PAGE_POLICY, 'cache-control': 'no-store' })
    .send(page.body);
};

/** "Who holds my debt?": open to everybody, answered to whoever has the case's reference and the debtor's telephone. */
@ApiTags('published list')
@Public()
@Controller('v1/debt-holder-queries')
export class DebtQueryController {
  constructor(
    @Inject(DebtQueryService) private readonly queries: DebtQueryService,
    @Inject(PublicationService) private readonly publications: PublicationService,
    @Inject(DebtQueryForm) private readonly form: DebtQueryForm,
  ) {}

  @ApiOperation({ operationId: 'showDebtHolderPage', summary: 'The page on which a debtor asks who holds the debt' })
  @ApiResponse({ status: 200, description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } })
  @languageHeader
  @Header('cache-control', 'public, max-age=300')
  @Get()
  page(@Query() query: DebtQueryPageRequest, @Lang() preferred: 'zh' | 'en', @Res() reply: FastifyReply): void {
    asPage(reply, { status: 200, body: questionPage({ institutionId: query.institutionId }, query.lang ?? preferred) });
  }

  @ApiOperation({
    operationId: 'askDebtHolder',
    summary: 'Ask who holds a debt: a code goes to the given number if it is one of the debtor’s; the answer is the same if not',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @ApiBody({ type: DebtQueryRequest })
  @ApiResponse({ status: 202, type: DebtQueryAsked, description: 'Asked' })
  @languageHeader
  @HttpCode(202)
  @Post()
  ask(
    @Body() request: DebtQueryRequest,
    @Lang() preferred: 'zh' | 'en',
    @Ip() ip: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<DebtQueryAsked> {
    const institutionId = this.publications.institution(request.institutionId);
    return this.queries.ask({ ...request, institutionId, language: request.lang ?? preferred, ip }, idempotency);
  }

  @ApiOperation({
    operationId: 'answerDebtHolder',
    summary: 'Give the code of the text message: once, five tries at most, ten minutes long',
  })
  @ApiParam({ name: 'id', type: 'string' })
  @ApiResponse({ status: 200, type: DebtHolder, description: 'Who holds the debt' })
  @HttpCode(200)
  @Post(':id/answer')
  answer(@Param('id') id: string, @Body() request: DebtAnswerRequest): Promise<DebtHolder> {
    return this.queries.answer(this.publications.institution(request.institutionId), id, request.code);
  }

  // What the forms of the page send, without script. The same words, the same limits.
  @ApiExcludeEndpoint()
  @ApiConsumes('application/x-www-form-urlencoded')
  @Post('page')
  async submit(
    @Body() fields: unknown,
    @Query() query: DebtQueryPageRequest,
    @Lang() preferred: 'zh' | 'en',
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    asPage(reply, await this.form.submit(fields, query, query.lang ?? preferred, request.ip));
  }
}
