import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { CareDecisionRequest, CareListRequest, CarePage, CareView } from './care.dto.ts';
import { CareReviewService } from './care-review.service.ts';

@ApiTags('care')
@Controller('v1/care-cases')
export class CareController {
  constructor(@Inject(CareReviewService) private readonly reviews: CareReviewService) {}

  @ApiOperation({ operationId: 'listCareCases', summary: 'Debtors in danger or in need, whose collection stands still; the newest first' })
  @ApiResponse({ status: 200, type: CarePage, description: 'A page of care cases' })
  @Roles('collections-manager', 'compliance', 'regulator')
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: CareListRequest): Promise<CarePage> {
    return this.reviews.list(principal, request);
  }

  @ApiOperation({ operationId: 'decideCareCase', summary: 'Say whether collection may go on; never by whoever reported it' })
  @ApiResponse({ status: 200, type: CareView, description: 'The care case, decided' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @ApiParam({ name: 'id', description: 'The id of the care case', schema: { type: 'string', format: 'uuid' } })
  @Roles('collections-manager', 'compliance')
  @HttpCode(200)
  @Post(':id/decision')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: CareDecisionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CareView> {
    return this.reviews.decide(principal, id, request, idempotency);
  }
}
