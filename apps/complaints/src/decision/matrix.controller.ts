import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import { MatrixList, MatrixRequest, MatrixView } from './matrix.dto.ts';
import { MatrixService } from './matrix.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });

@ApiTags('decision')
@Controller('v1/approval-matrices')
export class MatrixController {
  constructor(@Inject(MatrixService) private readonly matrices: MatrixService) {}

  @ApiOperation({
    operationId: 'listApprovalMatrices',
    summary: 'Who has to approve decisions: every version, the newest first, the product’s own last',
  })
  @ApiResponse({ status: 200, type: MatrixList, description: 'The versions' })
  @Roles(...READERS)
  @Get()
  list(@CurrentPrincipal() principal: Principal): Promise<MatrixList> {
    return this.matrices.list(principal);
  }

  @ApiOperation({ operationId: 'createApprovalMatrix', summary: 'Make the next version; it waits for the approval of head office' })
  @ApiResponse({ status: 201, type: MatrixView, description: 'The version' })
  @idempotent
  @Roles('complaint-supervisor', 'head-office-approver', 'compliance')
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: MatrixRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<MatrixView> {
    return this.matrices.create(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'approveApprovalMatrix', summary: 'Put a version in force; never by its author' })
  @ApiResponse({ status: 200, type: MatrixView, description: 'The version' })
  @idempotent
  @ApiParam({ name: 'version', schema: { type: 'integer' } })
  @Roles('head-office-approver')
  @HttpCode(200)
  @Post(':version/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('version') version: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<MatrixView> {
    return this.matrices.approve(principal, version, idempotency);
  }
}
