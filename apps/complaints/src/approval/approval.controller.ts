import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { READERS } from '../complaint/readers.ts';
import { ApprovalListRequest, ApprovalPage } from './approval.dto.ts';
import { ApprovalService } from './approval.service.ts';

@ApiTags('approval')
@Roles(...READERS)
@Controller('v1/approvals')
export class ApprovalController {
  constructor(@Inject(ApprovalService) private readonly approvals: ApprovalService) {}

  @ApiOperation({
    operationId: 'listApprovals',
    summary: 'What waits for whose approval, of all kinds: open ones the oldest first, others the newest first; settled in its own room',
  })
  @ApiResponse({ status: 200, type: ApprovalPage, description: 'A page of requests' })
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() request: ApprovalListRequest,
    @Req() http: FastifyRequest,
  ): Promise<ApprovalPage> {
    return this.approvals.list(principal, request, http.id);
  }
}
