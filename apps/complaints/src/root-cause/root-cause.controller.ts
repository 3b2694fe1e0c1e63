import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { AFTER_READERS, idempotent, uuidParam } from '../aftercare/routes.ts';
import {
  CauseReplacementRequest,
  CauseSettlementRequest,
  CauseStatistics,
  CauseStatisticsRequest,
  RootCauseList,
  RootCauseRequest,
  RootCauseView,
} from './root-cause.dto.ts';
import { RootCauseService } from './root-cause.service.ts';

@ApiTags('root cause')
@Controller('v1')
export class RootCauseController {
  constructor(@Inject(RootCauseService) private readonly causes: RootCauseService) {}

  @ApiOperation({ operationId: 'proposeRootCause', summary: 'Say why a justified complaint came about; another person confirms it' })
  @ApiResponse({ status: 201, type: RootCauseView, description: 'Proposed' })
  @idempotent
  @uuidParam()
  @Roles('complaint-handler', 'complaint-supervisor')
  @Post('complaints/:id/root-causes')
  propose(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: RootCauseRequest,
    @ThisCall() call: Call,
  ): Promise<RootCauseView> {
    return this.causes.propose(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'listRootCauses', summary: 'The root causes of a complaint' })
  @ApiResponse({ status: 200, type: RootCauseList, description: 'All of them' })
  @uuidParam()
  @Roles(...AFTER_READERS)
  @Get('complaints/:id/root-causes')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<RootCauseList> {
    return this.causes.list(principal, id, call.requestId);
  }

  @ApiOperation({ operationId: 'settleRootCause', summary: 'Confirm a root cause, or send it back; never by who proposed it' })
  @ApiResponse({ status: 200, type: RootCauseView, description: 'Settled' })
  @idempotent
  @uuidParam()
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post('root-causes/:id/settlement')
  settle(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: CauseSettlementRequest,
    @ThisCall() call: Call,
  ): Promise<RootCauseView> {
    return this.causes.settle(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'replaceRootCause', summary: 'It was not the cause after all: another may be proposed' })
  @ApiResponse({ status: 200, type: RootCauseView, description: 'Replaced' })
  @idempotent
  @uuidParam()
  @Roles('complaint-supervisor')
  @HttpCode(200)
  @Post('root-causes/:id/replacement')
  replace(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: CauseReplacementRequest,
    @ThisCall() call: Call,
  ): Promise<RootCauseView> {
    return this.causes.replace(principal, id, reason, call);
  }

  @ApiOperation({ operationId: 'countRootCauses', summary: 'Root causes confirmed in a time, the most frequent first' })
  @ApiResponse({ status: 200, type: CauseStatistics, description: 'The counts' })
  @Roles(...AFTER_READERS)
  @Get('root-cause-statistics')
  statistics(@CurrentPrincipal() principal: Principal, @Query() request: CauseStatisticsRequest): Promise<CauseStatistics> {
    return this.causes.statistics(principal, request);
  }
}
