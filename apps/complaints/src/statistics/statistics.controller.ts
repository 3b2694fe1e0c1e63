import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { StatisticsRequest, StatisticsView } from './statistics.dto.ts';
import { StatisticsService } from './statistics.service.ts';

@ApiTags('statistics')
@Controller('v1/statistics')
@Roles('collections-manager', 'compliance', 'complaint-supervisor', 'head-office-approver', 'regulator', 'admin')
export class StatisticsController {
  constructor(@Inject(StatisticsService) private readonly statistics: StatisticsService) {}

  @ApiOperation({
    operationId: 'findStatistics',
    summary: 'Complaints received, on time and overdue by month; counted as the report on timeliness counts',
  })
  @ApiResponse({ status: 200, type: StatisticsView, description: 'The figures' })
  @Get()
  find(@CurrentPrincipal() principal: Principal, @Query() request: StatisticsRequest): Promise<StatisticsView> {
    return this.statistics.find(principal, request);
  }
}
