import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { AFTER_READERS, idempotent, uuidParam } from '../aftercare/routes.ts';
import { ChainView, ReopeningAnswer, ReopeningRequest } from './reopening.dto.ts';
import { ReopeningService } from './reopening.service.ts';

@ApiTags('reopening')
@uuidParam()
@Controller('v1/complaints/:id')
export class ReopeningController {
  constructor(@Inject(ReopeningService) private readonly reopenings: ReopeningService) {}

  @ApiOperation({
    operationId: 'reopenComplaint',
    summary: 'Open a complaint that follows a closed one, with a clock of its own; the closed one stays as it is',
  })
  @ApiResponse({ status: 201, type: ReopeningAnswer, description: 'The complaint that follows' })
  @idempotent
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Post('reopenings')
  reopen(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReopeningRequest,
    @ThisCall() call: Call,
  ): Promise<ReopeningAnswer> {
    return this.reopenings.reopen(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'findComplaintChain', summary: 'The complaints before and after this one, of the same matter' })
  @ApiResponse({ status: 200, type: ChainView, description: 'The chain, from the first to the last' })
  @Roles(...AFTER_READERS)
  @Get('chain')
  chain(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<ChainView> {
    return this.reopenings.chain(principal, id, call.requestId);
  }
}
