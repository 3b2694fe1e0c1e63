import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { validationPipe } from '#problem';
import { PageRequest, type Page } from '#wire';
import type { Allowed } from '../report.controller.ts';
import {
  DeliveryFilter,
  ReportDeliveryPage,
  ReportDeliveryView,
  ReportTargetPage,
  ReportTargetView,
  targetRequest,
  type TargetRequest,
} from './delivery.dto.ts';
import { DeliveryService } from './delivery.service.ts';

const idParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

/** Where signed reports go, and whether they got there: the routes of a service. */
export function deliveryController(kinds: readonly string[], { reads, keeps }: { readonly reads: Allowed; readonly keeps: Allowed }): Type {
  const CreateReportTargetRequest = targetRequest(kinds);
  const body = validationPipe({ expectedType: CreateReportTargetRequest });

  @ApiTags('report')
  @Controller('v1')
  class ReportDeliveryController {
    constructor(@Inject(DeliveryService) private readonly deliveries: DeliveryService) {}

    @ApiOperation({ operationId: 'createReportTarget', summary: 'Have reports that are signed from now on delivered somewhere' })
    @ApiResponse({ status: 201, type: ReportTargetView, description: 'The target' })
    @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
    @ApiBody({ type: CreateReportTargetRequest })
    @Roles(...keeps)
    @Post('report-targets')
    create(
      @CurrentPrincipal() principal: Principal,
      @Body(body) request: TargetRequest,
      @Idempotency() idempotency: IdempotentRequest | null,
    ): Promise<ReportTargetView> {
      return this.deliveries.addTarget(principal, request, idempotency);
    }

    @ApiOperation({ operationId: 'listReportTargets', summary: 'Where signed reports go' })
    @ApiResponse({ status: 200, type: ReportTargetPage, description: 'A page of targets' })
    @Roles(...reads)
    @Get('report-targets')
    targets(@CurrentPrincipal() principal: Principal, @Query() page: PageRequest): Promise<Page<ReportTargetView>> {
      return this.deliveries.listTargets(principal, page);
    }

    @ApiOperation({ operationId: 'removeReportTarget', summary: 'Have nothing more delivered there; what waits for it goes nowhere' })
    @ApiResponse({ status: 200, type: ReportTargetView, description: 'The target as it was' })
    @idParam
    @Roles(...keeps)
    @Delete('report-targets/:id')
    remove(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ReportTargetView> {
      return this.deliveries.removeTarget(principal, id);
    }

    @ApiOperation({ operationId: 'listReportDeliveries', summary: 'What was delivered, what waits and why' })
    @ApiResponse({ status: 200, type: ReportDeliveryPage, description: 'A page of deliveries' })
    @Roles(...reads)
    @Get('report-deliveries')
    list(@CurrentPrincipal() principal: Principal, @Query() filter: DeliveryFilter): Promise<Page<ReportDeliveryView>> {
      return this.deliveries.list(principal, filter);
    }

    @ApiOperation({ operationId: 'retryReportDelivery', summary: 'Try a delivery that was given up once more' })
    @ApiResponse({ status: 200, type: ReportDeliveryView, description: 'The delivery, due now' })
    @idParam
    @Roles(...keeps)
    @HttpCode(200)
    @Post('report-deliveries/:id/retry')
    retry(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ReportDeliveryView> {
      return this.deliveries.retry(principal, id);
    }
  }

  return ReportDeliveryController;
}
