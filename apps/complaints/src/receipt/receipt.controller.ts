import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { languageHeader } from '#http';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { idempotent, uuidParam } from '../aftercare/routes.ts';
import { READERS } from '../complaint/readers.ts';
import { ReceiptCorrectionList, ReceiptCorrectionRequest, ReceiptSettlementRequest } from './receipt.dto.ts';
import { ReceiptService } from './receipt.service.ts';

const corrected = ApiResponse({
  status: 201,
  type: ReceiptCorrectionList,
  description: 'The corrections of the complaint as they are now',
});

@ApiTags('receipt')
@languageHeader
@uuidParam()
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1/complaints/:id/receipt-corrections')
export class ReceiptController {
  constructor(@Inject(ReceiptService) private readonly receipts: ReceiptService) {}

  @ApiOperation({
    operationId: 'listReceiptCorrections',
    summary: 'What was asked for about the receipt of a complaint, and what came of it',
  })
  @ApiResponse({ status: 200, type: ReceiptCorrectionList, description: 'The corrections' })
  @Roles(...READERS)
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<ReceiptCorrectionList> {
    return this.receipts.list(principal, id, call);
  }

  @ApiOperation({ operationId: 'askReceiptCorrection', summary: 'Ask for another instant of receipt, with a reason; another approves it' })
  @corrected
  @idempotent
  @Post()
  ask(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ReceiptCorrectionRequest,
    @ThisCall() call: Call,
  ): Promise<ReceiptCorrectionList> {
    return this.receipts.ask(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'approveReceiptCorrection', summary: 'Approve what another asked for: all dates follow from the ledger' })
  @corrected
  @idempotent
  @uuidParam('correctionId')
  @Roles('complaint-supervisor')
  @Post(':correctionId/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') complaintId: string,
    @Param('correctionId') id: string,
    @Body() request: ReceiptSettlementRequest,
    @ThisCall() call: Call,
  ): Promise<ReceiptCorrectionList> {
    return this.receipts.settle(principal, { complaintId, id }, 'approved', request, call);
  }

  @ApiOperation({ operationId: 'refuseReceiptCorrection', summary: 'Refuse what another asked for, saying why' })
  @corrected
  @idempotent
  @uuidParam('correctionId')
  @Roles('complaint-supervisor')
  @Post(':correctionId/refusal')
  refuse(
    @CurrentPrincipal() principal: Principal,
    @Param('id') complaintId: string,
    @Param('correctionId') id: string,
    @Body() request: ReceiptSettlementRequest,
    @ThisCall() call: Call,
  ): Promise<ReceiptCorrectionList> {
    return this.receipts.settle(principal, { complaintId, id }, 'refused', request, call);
  }

  @ApiOperation({ operationId: 'withdrawReceiptCorrection', summary: 'Take back what one asked for oneself' })
  @corrected
  @idempotent
  @uuidParam('correctionId')
  @Post(':correctionId/withdrawal')
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') complaintId: string,
    @Param('correctionId') id: string,
    @Body() request: ReceiptSettlementRequest,
    @ThisCall() call: Call,
  ): Promise<ReceiptCorrectionList> {
    return this.receipts.settle(principal, { complaintId, id }, 'withdrawn', request, call);
  }
}
