import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import {
  DisputeAnswerRequest,
  DisputeRequest,
  ResultDetail,
  ResultListRequest,
  ResultPage,
  ReviewListRequest,
  ReviewPage,
  ReviewResultRequest,
  ReviewWithSheet,
} from './review.dto.ts';
import { ResultService } from './result.service.ts';
import { ReviewService } from './review.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const REVIEWS = ['collections-manager', 'compliance'] as const;

@ApiTags('quality')
@Controller('v1')
export class ReviewController {
  constructor(
    @Inject(ReviewService) private readonly reviews: ReviewService,
    @Inject(ResultService) private readonly results: ResultService,
  ) {}

  @ApiOperation({ operationId: 'listQualityReviews', summary: 'Recordings that I have to review, or that I reviewed' })
  @ApiResponse({ status: 200, type: ReviewPage, description: 'A page of reviews' })
  @Roles(...REVIEWS)
  @Get('quality-reviews')
  list(@CurrentPrincipal() principal: Principal, @Query() request: ReviewListRequest): Promise<ReviewPage> {
    return this.reviews.list(principal, request);
  }

  @ApiOperation({
    operationId: 'findQualityReview',
    summary: 'One review with its score sheet; the marks of others for whoever decides between two',
  })
  @ApiResponse({ status: 200, type: ReviewWithSheet, description: 'The review' })
  @idParam
  @Roles(...REVIEWS)
  @Get('quality-reviews/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ReviewWithSheet> {
    return this.reviews.find(principal, id);
  }

  @ApiOperation({ operationId: 'finishQualityReview', summary: 'Mark a recording, once; where two marked it otherwise a third is asked' })
  @ApiResponse({ status: 200, type: ReviewWithSheet, description: 'The review, done' })
  @idempotent
  @idParam
  @Roles(...REVIEWS)
  @HttpCode(200)
  @Post('quality-reviews/:id/result')
  finish(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReviewResultRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ReviewWithSheet> {
    return this.reviews.finish(principal, id, request, idempotency);
  }

  @ApiOperation({ operationId: 'listQualityResults', summary: 'Results, the latest first; an agency reads its own' })
  @ApiResponse({ status: 200, type: ResultPage, description: 'A page of results' })
  @Roles(...REVIEWS, 'agency-supervisor', 'regulator')
  @Get('quality-results')
  listResults(@CurrentPrincipal() principal: Principal, @Query() request: ResultListRequest): Promise<ResultPage> {
    return this.results.list(principal, request);
  }

  @ApiOperation({ operationId: 'findQualityResult', summary: 'One result: marks and comment; the read is recorded' })
  @ApiResponse({ status: 200, type: ResultDetail, description: 'The result' })
  @idParam
  @Roles(...REVIEWS, 'agency-supervisor', 'regulator')
  @Get('quality-results/:id')
  findResult(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<ResultDetail> {
    return this.results.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'disputeQualityResult', summary: 'Dispute a result of one’s own agency, once' })
  @ApiResponse({ status: 200, type: ResultDetail, description: 'The result, disputed' })
  @idempotent
  @idParam
  @Roles('agency-supervisor')
  @HttpCode(200)
  @Post('quality-results/:id/dispute')
  dispute(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: DisputeRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ResultDetail> {
    return this.results.dispute(principal, id, request, { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'answerQualityDispute', summary: 'Answer a dispute, by somebody who did not review the recording' })
  @ApiResponse({ status: 200, type: ResultDetail, description: 'The result, as it stands now' })
  @idempotent
  @idParam
  @Roles('compliance')
  @HttpCode(200)
  @Post('quality-results/:id/answer')
  answer(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: DisputeAnswerRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ResultDetail> {
    return this.results.answer(principal, id, request, { idempotency, requestId: http.id });
  }
}
