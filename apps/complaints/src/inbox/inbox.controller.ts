import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { READERS } from '../complaint/readers.ts';
import { AgeingRequest, AgeingView, InboxRequest, InboxView, WorkloadRequest, WorkloadView } from './inbox.dto.ts';
import { InboxService } from './inbox.service.ts';

@ApiTags('inbox')
@Roles(...READERS)
@Controller('v1')
export class InboxController {
  constructor(@Inject(InboxService) private readonly inboxes: InboxService) {}

  @ApiOperation({ operationId: 'findInbox', summary: 'What is to be looked at, counted: due, waiting for me, nobody’s, mine' })
  @ApiResponse({ status: 200, type: InboxView, description: 'The counters' })
  @Get('inbox')
  inbox(@CurrentPrincipal() principal: Principal, @Query() request: InboxRequest): Promise<InboxView> {
    return this.inboxes.inbox(principal, request);
  }

  @ApiOperation({ operationId: 'findWorkload', summary: 'Who has how many: open, due soon, overdue, paused, decided in 30 days' })
  @ApiResponse({ status: 200, type: WorkloadView, description: 'The workload' })
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
  @Get('workload')
  workload(@CurrentPrincipal() principal: Principal, @Query() request: WorkloadRequest): Promise<WorkloadView> {
    return this.inboxes.workload(principal, request);
  }

  @ApiOperation({ operationId: 'findAgeing', summary: 'Open complaints by days since receipt and by days left' })
  @ApiResponse({ status: 200, type: AgeingView, description: 'The counts' })
  @Get('ageing')
  ageing(@CurrentPrincipal() principal: Principal, @Query() request: AgeingRequest): Promise<AgeingView> {
    return this.inboxes.ageing(principal, request);
  }
}
