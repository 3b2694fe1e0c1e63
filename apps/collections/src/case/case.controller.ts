import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { CaseListRequest, CasePage, CaseView } from './case.dto.ts';
import { CaseService } from './case.service.ts';

@ApiTags('case')
@Roles(
  'agent',
  'agency-supervisor',
  'collections-manager',
  'compliance',
  'complaint-handler',
  'complaint-supervisor',
  'regulator',
  'integration',
)
@Controller('v1/cases')
export class CaseController {
  constructor(@Inject(CaseService) private readonly cases: CaseService) {}

  @ApiOperation({ operationId: 'listCases', summary: 'Cases in order of creation; personal data masked by role, unmasked reads recorded' })
  @ApiResponse({ status: 200, type: CasePage, description: 'A page of cases' })
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: CaseListRequest, @Req() http: FastifyRequest): Promise<CasePage> {
    return this.cases.list(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'findCase', summary: 'One case, by the caseId given at import or by id' })
  @ApiResponse({ status: 200, type: CaseView, description: 'The case' })
  @ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' })
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<CaseView> {
    return this.cases.find(principal, id, http.id);
  }
}
