import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { CaseComplaints, CauseCounts, CauseListRequest } from './complained.dto.ts';
import { ComplainedService } from './complained.service.ts';

@ApiTags('complaint')
@Controller('v1')
export class ComplainedController {
  constructor(@Inject(ComplainedService) private readonly complained: ComplainedService) {}

  @ApiOperation({
    operationId: 'listCaseComplaints',
    summary: 'Complaints about the debtor’s cases, and what each holds: since when, in which scope; the complaints desk ends it',
  })
  @ApiResponse({ status: 200, type: CaseComplaints, description: 'Complaints, the newest first' })
  @ApiParam({ name: 'id', type: 'string', description: 'The caseId given at import, or the id of the case' })
  @Roles(
    'agent',
    'agency-supervisor',
    'collections-manager',
    'integration',
    'compliance',
    'complaint-handler',
    'complaint-supervisor',
    'regulator',
  )
  @Get('cases/:id/complaints')
  ofCase(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<CaseComplaints> {
    return this.complained.ofCase(principal, id);
  }

  @ApiOperation({ operationId: 'countComplaintCauses', summary: 'What caused complaints, as the complaints desk found and confirmed it' })
  @ApiResponse({ status: 200, type: CauseCounts, description: 'Rules, scripts, collectors and agencies, the most complaints first' })
  @Roles(
    'agency-supervisor',
    'collections-manager',
    'compliance',
    'complaint-handler',
    'complaint-supervisor',
    'head-office-approver',
    'regulator',
  )
  @Get('complaint-causes')
  causes(@CurrentPrincipal() principal: Principal, @Query() request: CauseListRequest): Promise<CauseCounts> {
    return this.complained.causes(principal, request);
  }
}
