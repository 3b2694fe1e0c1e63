import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import {
  CodesInForce,
  CodesInForceRequest,
  CodeTableList,
  CodeTableProposalRequest,
  CodeTableRequest,
  CodeTableReturnRequest,
  CodeTableView,
} from './code-table.dto.ts';
import { CodeTableService } from './code-table.service.ts';

const versionParam = ApiParam({ name: 'version', schema: { type: 'integer' } });
const keyHeader = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });

@ApiTags('code-table')
@Roles(...READERS)
@Controller('v1')
export class CodeTableController {
  constructor(@Inject(CodeTableService) private readonly tables: CodeTableService) {}

  @ApiOperation({ operationId: 'listCodeTables', summary: 'All versions of the code table, the product’s own last' })
  @ApiResponse({ status: 200, type: CodeTableList, description: 'The versions' })
  @Get('code-tables')
  list(@CurrentPrincipal() principal: Principal): Promise<CodeTableList> {
    return this.tables.list(principal);
  }

  @ApiOperation({ operationId: 'listCodesInForce', summary: 'The codes that a complaint may be given on a date' })
  @ApiResponse({ status: 200, type: CodesInForce, description: 'The codes' })
  @Get('codes')
  codes(@CurrentPrincipal() principal: Principal, @Query() { on }: CodesInForceRequest): Promise<CodesInForce> {
    return this.tables.codes(principal, on);
  }

  @ApiOperation({ operationId: 'findCodeTable', summary: 'One version with its codes, and how it differs from the one in force' })
  @ApiResponse({ status: 200, type: CodeTableView, description: 'The version' })
  @versionParam
  @Get('code-tables/:version')
  find(@CurrentPrincipal() principal: Principal, @Param('version') version: string): Promise<CodeTableView> {
    return this.tables.find(principal, version);
  }

  @ApiOperation({ operationId: 'putCodeTableDraft', summary: 'Load a whole table as the draft; the draft before it is replaced' })
  @ApiResponse({ status: 200, type: CodeTableView, description: 'The draft' })
  @Roles('complaint-supervisor', 'compliance')
  @Put('code-table-draft')
  put(@CurrentPrincipal() principal: Principal, @Body() request: CodeTableRequest): Promise<CodeTableView> {
    return this.tables.put(principal, request);
  }

  @ApiOperation({ operationId: 'uploadCodeTable', summary: 'The same from a CSV or XLSX file: dimension, code, parent, zh, en, validFrom' })
  @ApiResponse({ status: 201, type: CodeTableView, description: 'The draft' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key, note and file, same answer; kept 7 days' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['note', 'file'],
      properties: { note: { type: 'string', maxLength: 2000 }, file: { type: 'string', format: 'binary', description: 'CSV or XLSX' } },
    },
  })
  @Roles('complaint-supervisor', 'compliance')
  @Post('code-table-files')
  upload(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CodeTableView> {
    return this.tables.upload(principal, request, idempotency?.key ?? null);
  }

  @ApiOperation({ operationId: 'proposeCodeTable', summary: 'Ask that the draft come into force on a date' })
  @ApiResponse({ status: 200, type: CodeTableView, description: 'The version' })
  @keyHeader
  @versionParam
  @Roles('complaint-supervisor', 'compliance')
  @HttpCode(200)
  @Post('code-tables/:version/proposal')
  propose(
    @CurrentPrincipal() principal: Principal,
    @Param('version') version: string,
    @Body() request: CodeTableProposalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CodeTableView> {
    return this.tables.propose(principal, version, request, idempotency);
  }

  @ApiOperation({ operationId: 'approveCodeTable', summary: 'Publish what another has loaded and proposed' })
  @ApiResponse({ status: 200, type: CodeTableView, description: 'The version' })
  @keyHeader
  @versionParam
  @Roles('compliance')
  @HttpCode(200)
  @Post('code-tables/:version/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('version') version: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CodeTableView> {
    return this.tables.approve(principal, version, idempotency);
  }

  @ApiOperation({ operationId: 'returnCodeTable', summary: 'Give a proposed version back, or take back one’s own, to be a draft again' })
  @ApiResponse({ status: 200, type: CodeTableView, description: 'The version' })
  @keyHeader
  @versionParam
  @Roles('complaint-supervisor', 'compliance')
  @HttpCode(200)
  @Post('code-tables/:version/return')
  giveBack(
    @CurrentPrincipal() principal: Principal,
    @Param('version') version: string,
    @Body() { reason }: CodeTableReturnRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<CodeTableView> {
    return this.tables.giveBack(principal, version, reason, idempotency);
  }
}
