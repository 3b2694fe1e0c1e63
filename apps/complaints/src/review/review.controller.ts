import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { languageHeader } from '#http';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { AFTER_READERS, idempotent, uuidParam } from '../aftercare/routes.ts';
import {
  ReviewAnswer,
  ReviewDecisionRequest,
  ReviewListRequest,
  ReviewPage,
  ReviewRequest,
  ReviewStanding,
  ReviewTellingRequest,
  ReviewView,
  ReviewWithdrawalRequest,
} from './review.dto.ts';
import { ReviewReading } from './review.reading.ts';
import { ReviewService } from './review.service.ts';

const shown = (description: string): MethodDecorator => ApiResponse({ status: 200, type: ReviewView, description });
const SUPERIOR = ['complaint-supervisor', 'head-office-approver'] as const;

@ApiTags('review')
@languageHeader
@Controller('v1')
export class ReviewController {
  constructor(
    @Inject(ReviewService) private readonly reviews: ReviewService,
    @Inject(ReviewReading) private readonly readings: ReviewReading,
  ) {}

  @ApiOperation({
    operationId: 'requestReview',
    summary: 'Take the complainant’s request that the superior review the decision. A refusal by rule is an answer (201) with its reason',
  })
  @ApiResponse({ status: 201, type: ReviewAnswer, description: 'What came of it' })
  @idempotent
  @uuidParam()
  @Roles('complaint-handler', ...SUPERIOR)
  @Post('complaints/:id/reviews')
  request(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReviewRequest,
    @ThisCall() call: Call,
  ): Promise<ReviewAnswer> {
    return this.reviews.request(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'findReviewStanding', summary: 'Until when a review of a complaint may be asked for, and those there are' })
  @ApiResponse({ status: 200, type: ReviewStanding, description: 'As it stands now' })
  @uuidParam()
  @Roles(...AFTER_READERS)
  @Get('complaints/:id/reviews')
  standing(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<ReviewStanding> {
    return this.readings.standing(principal, id, call);
  }

  @ApiOperation({ operationId: 'listReviews', summary: 'Reviews by when they are due' })
  @ApiResponse({ status: 200, type: ReviewPage, description: 'A page of reviews' })
  @Roles(...AFTER_READERS)
  @Get('reviews')
  list(@CurrentPrincipal() principal: Principal, @Query() request: ReviewListRequest, @ThisCall() call: Call): Promise<ReviewPage> {
    return this.readings.list(principal, request, call.requestId);
  }

  @ApiOperation({ operationId: 'findReview', summary: 'One review' })
  @shown('The review')
  @uuidParam()
  @Roles(...AFTER_READERS)
  @Get('reviews/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<ReviewView> {
    return this.readings.find(principal, id, call.requestId);
  }

  @ApiOperation({ operationId: 'takeReview', summary: 'Take a review on: a superior who had no part in the matter' })
  @shown('Taken')
  @idempotent
  @uuidParam()
  @Roles(...SUPERIOR)
  @HttpCode(200)
  @Post('reviews/:id/taking')
  take(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<ReviewView> {
    return this.reviews.take(principal, id, call);
  }

  @ApiOperation({
    operationId: 'decideReview',
    summary: 'Decide on process, time limit and result, each with its basis; what is sent back becomes a complaint that follows this one',
  })
  @shown('Decided')
  @idempotent
  @uuidParam()
  @Roles(...SUPERIOR)
  @HttpCode(200)
  @Post('reviews/:id/decision')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReviewDecisionRequest,
    @ThisCall() call: Call,
  ): Promise<ReviewView> {
    return this.reviews.decide(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'tellReview', summary: 'Note that the complainant was told of the result, with proof' })
  @shown('Told')
  @idempotent
  @uuidParam()
  @Roles('complaint-handler', ...SUPERIOR)
  @HttpCode(200)
  @Post('reviews/:id/telling')
  tell(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReviewTellingRequest,
    @ThisCall() call: Call,
  ): Promise<ReviewView> {
    return this.reviews.tell(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'withdrawReview', summary: 'Note that the complainant takes the request back' })
  @shown('Withdrawn')
  @idempotent
  @uuidParam()
  @Roles('complaint-handler', ...SUPERIOR)
  @HttpCode(200)
  @Post('reviews/:id/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { evidence }: ReviewWithdrawalRequest,
    @ThisCall() call: Call,
  ): Promise<ReviewView> {
    return this.reviews.withdraw(principal, id, evidence, call);
  }
}
