import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import { SearchPage, SearchRebuildView, SearchRequest } from './finding.dto.ts';
import { FindingService } from './finding.service.ts';
import { RebuildService } from './rebuild.service.ts';

@ApiTags('search')
@Controller('v1')
export class SearchController {
  constructor(
    @Inject(FindingService) private readonly finding: FindingService,
    @Inject(RebuildService) private readonly rebuilds: RebuildService,
  ) {}

  @ApiOperation({
    operationId: 'searchComplaints',
    summary: 'Complaints by what is written in them; in a body, so that no address holds it. Recorded as personal data that were read',
  })
  @ApiResponse({ status: 200, type: SearchPage, description: 'A page of hits' })
  @Roles(...READERS)
  @HttpCode(200)
  @Post('complaint-searches')
  find(@CurrentPrincipal() principal: Principal, @Body() request: SearchRequest, @Req() http: FastifyRequest): Promise<SearchPage> {
    return this.finding.find(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'rebuildSearch', summary: 'Index all complaints anew as a job; while one runs, that one is the answer' })
  @ApiResponse({ status: 202, type: SearchRebuildView, description: 'The rebuild' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key, same rebuild; kept 7 days' })
  @Roles('admin')
  @HttpCode(202)
  @Post('search-rebuilds')
  rebuild(@CurrentPrincipal() principal: Principal, @Idempotency() idempotency: IdempotentRequest | null): Promise<SearchRebuildView> {
    return this.rebuilds.request(principal, idempotency);
  }

  @ApiOperation({ operationId: 'findSearchRebuild', summary: 'How far a rebuild of the index is' })
  @ApiResponse({ status: 200, type: SearchRebuildView, description: 'The rebuild' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @Roles('admin')
  @Get('search-rebuilds/:id')
  findRebuild(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SearchRebuildView> {
    return this.rebuilds.find(principal, id);
  }
}
