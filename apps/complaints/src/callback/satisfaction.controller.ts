import { Body, Controller, Get, HttpCode, Inject, Ip, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#auth';
import { Lang, languageHeader } from '#http';
import { SatisfactionAnswerRequest } from './callback.dto.ts';
import { QuestionView, ThanksView } from './callback.views.ts';
import { SatisfactionForm } from './satisfaction.form.ts';
import { SATISFACTION_POLICY } from './satisfaction-page.ts';
import { PageLanguageRequest } from './satisfaction.dto.ts';
import { SatisfactionService } from './satisfaction.service.ts';

const asPage = (reply: FastifyReply, page: { readonly status: number; readonly body: string }): void => {
  void reply
    .status(page.status)
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': SATISFACTION_POLICY, 'cache-control': 'no-store' })
    .send(page.body);
};
const wantsPage = ({ headers }: FastifyRequest): boolean => /text\/html/.test(headers.accept ?? '');
const token = ApiParam({ name: 'token', type: 'string', description: 'As it stands in the link that was sent' });

/** The page of a link: open to whoever has it. */
@ApiTags('satisfaction')
@Public()
@languageHeader
@token
@Controller('v1/satisfaction/:token')
export class SatisfactionController {
  constructor(
    @Inject(SatisfactionService) private readonly satisfaction: SatisfactionService,
    @Inject(SatisfactionForm) private readonly form: SatisfactionForm,
  ) {}

  @ApiOperation({ operationId: 'showSatisfactionQuestion', summary: 'What is asked by a link, as a page or as JSON' })
  @ApiProduces('application/json', 'text/html')
  @ApiResponse({ status: 200, type: QuestionView, description: 'It can be answered' })
  @Get()
  async question(
    @Param('token') given: string,
    @Query() { lang }: PageLanguageRequest,
    @Lang() preferred: 'zh' | 'en',
    @Ip() ip: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const knock = { token: given, ip, language: lang ?? preferred };
    if (wantsPage(request)) asPage(reply, await this.form.show(knock));
    else void reply.send(await this.satisfaction.question(knock));
  }

  @ApiOperation({ operationId: 'answerSatisfaction', summary: 'Answer a link: once, until its time is over' })
  @ApiBody({ type: SatisfactionAnswerRequest })
  @ApiResponse({ status: 200, type: ThanksView, description: 'Taken' })
  @HttpCode(200)
  @Post('answer')
  answer(
    @Param('token') given: string,
    @Body() request: SatisfactionAnswerRequest,
    @Lang() language: 'zh' | 'en',
    @Ip() ip: string,
  ): Promise<ThanksView> {
    return this.satisfaction.answer({ token: given, ip, language }, request);
  }

  @ApiOperation({ operationId: 'refuseSatisfaction', summary: 'Say that one would rather not say; kept as such' })
  @ApiResponse({ status: 200, type: ThanksView, description: 'Kept' })
  @HttpCode(200)
  @Post('refusal')
  refuse(@Param('token') given: string, @Lang() language: 'zh' | 'en', @Ip() ip: string): Promise<ThanksView> {
    return this.satisfaction.refuse({ token: given, ip, language });
  }

  @ApiOperation({ operationId: 'submitSatisfactionPage', summary: 'What the form of the page sends, without script' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } })
  @Post()
  async submit(
    @Param('token') given: string,
    @Body() fields: unknown,
    @Query() { lang }: PageLanguageRequest,
    @Lang() preferred: 'zh' | 'en',
    @Ip() ip: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    asPage(reply, await this.form.submit({ token: given, ip, language: lang ?? preferred }, fields));
  }
}
