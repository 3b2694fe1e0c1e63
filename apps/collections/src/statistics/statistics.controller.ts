import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { RegisterRequest, RegisterView, StatisticsRequest, StatisticsView } from './statistics.dto.ts';
import { StatisticsService } from './statistics.service.ts';

@ApiTags('statistics')
@Controller('v1')
@Roles('collections-manager', 'compliance', 'regulator', 'admin')
export class StatisticsController {
  constructor(@Inject(StatisticsService) private readonly statistics: StatisticsService) {}

  @ApiOperation({
    operationId: 'findStatistics',
    summary: 'Contacts asked for and refused by month and rule, agencies by standing; counted as the reports count',
  })
  @ApiResponse({ status: 200, type: StatisticsView, description: 'The figures' })
  @Get('statistics')
  find(@CurrentPrincipal() principal: Principal, @Query() request: StatisticsRequest): Promise<StatisticsView> {
    return this.statistics.find(principal, request);
  }

  @ApiOperation({ operationId: 'findAgencyRegister', summary: 'The register of agencies as it stood when a day ended' })
  @ApiResponse({ status: 200, type: RegisterView, description: 'Every agency of the register' })
  @Get('agency-register')
  register(@CurrentPrincipal() principal: Principal, @Query() request: RegisterRequest): Promise<RegisterView> {
    return this.statistics.register(principal, request);
  }
}
