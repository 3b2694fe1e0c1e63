import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import {
  ChangeListRequest,
  ChangeReasonRequest,
  DebtorChangePage,
  DebtorChangeView,
  DuplicateListView,
  MergeRequest,
  SplitRequest,
} from './debtor.dto.ts';
import { DebtorService } from './debtor.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const uuid = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const shown = (description: string, status = 200) => ApiResponse({ status, type: DebtorChangeView, description });
const DECIDES = ['collections-manager', 'compliance'] as const;

@ApiTags('debtor')
@idempotent
@Controller('v1')
export class DebtorController {
  constructor(@Inject(DebtorService) private readonly debtors: DebtorService) {}

  @ApiOperation({ operationId: 'proposeMerge', summary: 'Propose that two records are one person’s; a second person approves it' })
  @shown('Proposed', 201)
  @Roles(...DECIDES)
  @Post('debtor-merges')
  merge(
    @CurrentPrincipal() principal: Principal,
    @Body() request: MergeRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<DebtorChangeView> {
    return this.debtors.proposeMerge(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'proposeSplit', summary: 'Propose that some cases of a record are another person’s, also to undo a merge' })
  @shown('Proposed', 201)
  @Roles(...DECIDES)
  @Post('debtor-splits')
  split(
    @CurrentPrincipal() principal: Principal,
    @Body() request: SplitRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<DebtorChangeView> {
    return this.debtors.proposeSplit(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listDebtorChanges', summary: 'Merges and splits, the newest first' })
  @ApiResponse({ status: 200, type: DebtorChangePage, description: 'A page' })
  @Roles(...DECIDES, 'regulator')
  @Get('debtor-changes')
  list(@CurrentPrincipal() principal: Principal, @Query() request: ChangeListRequest): Promise<DebtorChangePage> {
    return this.debtors.list(principal, request);
  }

  @ApiOperation({
    operationId: 'approveDebtorChange',
    summary: 'Carry it out; not by who proposed it. From that instant all counts are one, or two',
  })
  @shown('Done')
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('debtor-changes/:id/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<DebtorChangeView> {
    return this.debtors.approve(principal, id, idempotency);
  }

  @ApiOperation({ operationId: 'rejectDebtorChange', summary: 'Refuse it' })
  @shown('Rejected')
  @uuid
  @Roles(...DECIDES)
  @HttpCode(200)
  @Post('debtor-changes/:id/rejection')
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: ChangeReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<DebtorChangeView> {
    return this.debtors.reject(principal, id, reason, idempotency);
  }

  @ApiOperation({ operationId: 'listDuplicates', summary: 'Records that may be one person’s: they have one identity number' })
  @ApiResponse({ status: 200, type: DuplicateListView, description: 'Groups of records' })
  @Roles(...DECIDES)
  @Get('debtor-duplicates')
  duplicates(@CurrentPrincipal() principal: Principal): Promise<DuplicateListView> {
    return this.debtors.duplicates(principal);
  }
}
