import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { ReadingService } from './reading.service.ts';
import {
  CaseScriptRequest,
  FilledScripts,
  ScriptListRequest,
  ScriptPage,
  ScriptReasonRequest,
  ScriptRequest,
  ScriptView,
} from './script.dto.ts';
import { ScriptService } from './script.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const scriptParam = ApiParam({ name: 'scriptId', type: 'string' });
const versionParam = ApiParam({ name: 'version', schema: { type: 'integer', minimum: 1 } });
const WRITES = ['collections-manager', 'compliance'] as const;
const SPEAKS = ['agent', 'agency-supervisor', 'collections-manager', 'integration'] as const;

@ApiTags('script')
@Controller('v1')
export class ScriptController {
  constructor(
    @Inject(ScriptService) private readonly scripts: ScriptService,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  @ApiOperation({ operationId: 'listScripts', summary: 'Versions of call scripts in order of creation' })
  @ApiResponse({ status: 200, type: ScriptPage, description: 'A page of versions' })
  @Roles(...SPEAKS, 'compliance', 'regulator', 'admin')
  @Get('call-scripts')
  list(@CurrentPrincipal() principal: Principal, @Query() request: ScriptListRequest): Promise<ScriptPage> {
    return this.scripts.list(principal, request);
  }

  @ApiOperation({
    operationId: 'createScript',
    summary: 'A new version of a script; one without the identity statement is refused, and a second person approves it',
  })
  @ApiResponse({ status: 201, type: ScriptView, description: 'The version, not approved yet' })
  @idempotent
  @Roles(...WRITES)
  @Post('call-scripts')
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ScriptRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ScriptView> {
    return this.scripts.create(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'approveScript', summary: 'Let a version be said; never by its author' })
  @ApiResponse({ status: 200, type: ScriptView, description: 'The version, approved' })
  @idempotent
  @scriptParam
  @versionParam
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('call-scripts/:scriptId/versions/:version/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('scriptId') scriptId: string,
    @Param('version') version: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ScriptView> {
    return this.scripts.approve(principal, { scriptId, version }, idempotency);
  }

  @ApiOperation({ operationId: 'retireScript', summary: 'Take a version out of use' })
  @ApiResponse({ status: 200, type: ScriptView, description: 'The version, retired' })
  @idempotent
  @scriptParam
  @versionParam
  @Roles(...WRITES)
  @HttpCode(200)
  @Post('call-scripts/:scriptId/versions/:version/retirement')
  retire(
    @CurrentPrincipal() principal: Principal,
    @Param('scriptId') scriptId: string,
    @Param('version') version: string,
    @Body() { reason }: ScriptReasonRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ScriptView> {
    return this.scripts.retire(principal, { scriptId, version }, reason, idempotency);
  }

  @ApiOperation({ operationId: 'readScripts', summary: 'Approved scripts for a case, filled from the register, the closest first' })
  @ApiResponse({ status: 200, type: FilledScripts, description: 'Scripts to be read out' })
  @ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' })
  @Roles(...SPEAKS)
  @Get('cases/:id/scripts')
  read(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: CaseScriptRequest,
    @Req() http: FastifyRequest,
  ): Promise<FilledScripts> {
    return this.reading.forCase(principal, id, request, http.id);
  }
}
