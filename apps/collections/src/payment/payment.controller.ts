import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PaymentDesk } from './payment-desk.ts';
import { PaymentListRequest, PaymentPage, PaymentRequest, PaymentView } from './payment.dto.ts';

@ApiTags('payment')
@Controller('v1')
export class PaymentController {
  constructor(@Inject(PaymentDesk) private readonly payments: PaymentDesk) {}

  @ApiOperation({ operationId: 'bookPayment', summary: 'Book a payment, or a reversal of one, as core banking says; many come as a file' })
  @ApiResponse({ status: 201, type: PaymentView, description: 'The payment; one that is known already is shown as it is' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @Roles('integration')
  @Post('payments')
  book(
    @CurrentPrincipal() principal: Principal,
    @Body() request: PaymentRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<PaymentView> {
    return this.payments.book(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listCasePayments', summary: 'What was paid on a case and what was taken back, newest first' })
  @ApiResponse({ status: 200, type: PaymentPage, description: 'A page' })
  @ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' })
  @Roles('agent', 'agency-supervisor', 'collections-manager', 'compliance', 'head-office-approver', 'regulator', 'integration')
  @Get('cases/:id/payments')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Query() request: PaymentListRequest): Promise<PaymentPage> {
    return this.payments.list(principal, id, request);
  }
}
