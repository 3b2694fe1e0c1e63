import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { CalibrationView, ForecastListRequest, ForecastPage } from './forecast.dto.ts';
import { ForecastService } from './forecast.service.ts';

@ApiTags('forecast')
@Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
@Controller('v1')
export class ForecastController {
  constructor(@Inject(ForecastService) private readonly forecasts: ForecastService) {}

  @ApiOperation({
    operationId: 'listForecasts',
    summary:
      'Open complaints by how likely they are to be late, from the institution’s own past, with the reasons; computed every quarter of an hour',
  })
  @ApiResponse({ status: 200, type: ForecastPage, description: 'A page' })
  @Get('forecasts')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() request: ForecastListRequest,
    @Req() http: FastifyRequest,
  ): Promise<ForecastPage> {
    return this.forecasts.list(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'findForecastCalibration', summary: 'What was forecast, and how often it happened' })
  @ApiResponse({ status: 200, type: CalibrationView, description: 'Said and happened' })
  @Get('forecast-calibration')
  calibration(@CurrentPrincipal() principal: Principal): Promise<CalibrationView> {
    return this.forecasts.calibration(principal);
  }
}
