import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Page } from '#wire';
import { CaseListRequest, type CaseView } from './case.dto.ts';
import { CaseService } from './case.service.ts';

@ApiTags('case')
@ApiBearerAuth()
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

  @ApiOperation({ summary: 'Cases in order of creation; personal data masked by role, unmasked reads recorded' })
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: CaseListRequest, @Req() http: FastifyRequest): Promise<Page<CaseView>> {
    return this.cases.list(principal, request, http.id);
  }

  @ApiOperation({ summary: 'One case, by the caseId given at import or by id' })
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<CaseView> {
    return this.cases.find(principal, id, http.id);
  }
}
