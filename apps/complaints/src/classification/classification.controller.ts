import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import { AgreementService } from './agreement.service.ts';
import {
  AgreementPeriodRequest,
  AgreementView,
  ClassificationRequest,
  ClassificationRulesRequest,
  ClassificationRulesView,
  ClassificationView,
} from './classification.dto.ts';
import { ClassificationService } from './classification.service.ts';
import { SuggestionService } from './suggestion.service.ts';

const complaintId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('classification')
@Roles(...READERS)
@Controller('v1')
export class ClassificationController {
  constructor(
    @Inject(ClassificationService) private readonly classifications: ClassificationService,
    @Inject(SuggestionService) private readonly suggestions: SuggestionService,
    @Inject(AgreementService) private readonly agreement: AgreementService,
  ) {}

  @ApiOperation({
    operationId: 'findClassification',
    summary: 'What is suggested for a complaint and why, what was confirmed, and what was before',
  })
  @ApiResponse({ status: 200, type: ClassificationView, description: 'The classification' })
  @complaintId
  @Get('complaints/:id/classification')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<ClassificationView> {
    return this.classifications.find(principal, id, http.id);
  }

  @ApiOperation({
    operationId: 'classifyComplaint',
    summary: 'Confirm what is suggested, or put down otherwise; the second time with a reason',
  })
  @ApiResponse({ status: 200, type: ClassificationView, description: 'The classification' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @complaintId
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post('complaints/:id/classification')
  confirm(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ClassificationRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<ClassificationView> {
    return this.classifications.confirm(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'findClassificationRules', summary: 'The rules that suggest, in force' })
  @ApiResponse({ status: 200, type: ClassificationRulesView, description: 'The rules' })
  @Get('classification-rules')
  rules(@CurrentPrincipal() principal: Principal): Promise<ClassificationRulesView> {
    return this.suggestions.find(principal);
  }

  @ApiOperation({ operationId: 'putClassificationRules', summary: 'Set the next version of the rules; what was suggested keeps its own' })
  @ApiResponse({ status: 200, type: ClassificationRulesView, description: 'The rules' })
  @Roles('complaint-supervisor', 'compliance')
  @Put('classification-rules')
  setRules(@CurrentPrincipal() principal: Principal, @Body() request: ClassificationRulesRequest): Promise<ClassificationRulesView> {
    return this.suggestions.set(principal, request);
  }

  @ApiOperation({ operationId: 'findClassificationAgreement', summary: 'How often what the rules suggest is taken' })
  @ApiResponse({ status: 200, type: AgreementView, description: 'By dimension, month and rule' })
  @Get('classification-agreement')
  agreed(@CurrentPrincipal() principal: Principal, @Query() request: AgreementPeriodRequest): Promise<AgreementView> {
    return this.agreement.find(principal, request);
  }
}
