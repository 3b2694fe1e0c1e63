import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { CalibrationService } from './calibration.service.ts';
import { PlanService } from './plan.service.ts';
import {
  CalibrationRequest,
  CalibrationView,
  DrawRequest,
  SamplePlanPage,
  SamplePlanView,
  QualitySettingRequest,
  QualitySettingView,
  SheetRequest,
  SheetView,
  Sheets,
} from './quality.dto.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const READS = ['collections-manager', 'compliance', 'regulator'] as const;

@ApiTags('quality')
@Controller('v1')
export class QualityController {
  constructor(
    @Inject(PlanService) private readonly plans: PlanService,
    @Inject(CalibrationService) private readonly calibrations: CalibrationService,
  ) {}

  @ApiOperation({ operationId: 'findQualitySetting', summary: 'What share of the recordings is reviewed, and by whom' })
  @ApiResponse({ status: 200, type: QualitySettingView, description: 'The setting' })
  @Roles(...READS)
  @Get('quality-setting')
  setting(@CurrentPrincipal() principal: Principal): Promise<QualitySettingView> {
    return this.plans.setting(principal);
  }

  @ApiOperation({ operationId: 'setQuality', summary: 'Set the share and the reviewers; from then on each week is drawn by itself' })
  @ApiResponse({ status: 200, type: QualitySettingView, description: 'The setting' })
  @Roles('compliance')
  @Put('quality-setting')
  set(@CurrentPrincipal() principal: Principal, @Body() request: QualitySettingRequest): Promise<QualitySettingView> {
    return this.plans.set(principal, request);
  }

  @ApiOperation({ operationId: 'listQualitySheets', summary: 'Score sheets, the one in force first' })
  @ApiResponse({ status: 200, type: Sheets, description: 'The sheets' })
  @Roles(...READS)
  @Get('quality-sheets')
  sheets(@CurrentPrincipal() principal: Principal): Promise<Sheets> {
    return this.plans.sheets(principal);
  }

  @ApiOperation({ operationId: 'createQualitySheet', summary: 'The next version of the score sheet, for what is drawn from now on' })
  @ApiResponse({ status: 201, type: SheetView, description: 'The sheet' })
  @idempotent
  @Roles('compliance')
  @Post('quality-sheets')
  addSheet(
    @CurrentPrincipal() principal: Principal,
    @Body() request: SheetRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SheetView> {
    return this.plans.addSheet(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'drawQualitySample', summary: 'Draw recordings of days that are over, and have them reviewed' })
  @ApiResponse({ status: 201, type: SamplePlanView, description: 'What was drawn' })
  @idempotent
  @Roles('compliance')
  @HttpCode(201)
  @Post('quality-plans')
  draw(
    @CurrentPrincipal() principal: Principal,
    @Body() request: DrawRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SamplePlanView> {
    return this.plans.draw(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'listQualityPlans', summary: 'What was drawn, the latest first' })
  @ApiResponse({ status: 200, type: SamplePlanPage, description: 'A page of plans' })
  @Roles(...READS)
  @Get('quality-plans')
  list(@CurrentPrincipal() principal: Principal, @Query() request: PageRequest): Promise<SamplePlanPage> {
    return this.plans.list(principal, request);
  }

  @ApiOperation({ operationId: 'findQualityPlan', summary: 'One draw: its seed, and how many of each agency' })
  @ApiResponse({ status: 200, type: SamplePlanView, description: 'The plan' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @Roles(...READS)
  @Get('quality-plans/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SamplePlanView> {
    return this.plans.find(principal, id);
  }

  @ApiOperation({ operationId: 'findQualityCalibration', summary: 'How far two reviewers of the same recordings agree' })
  @ApiResponse({ status: 200, type: CalibrationView, description: 'The agreement' })
  @Roles(...READS)
  @Get('quality-calibration')
  calibration(@CurrentPrincipal() principal: Principal, @Query() request: CalibrationRequest): Promise<CalibrationView> {
    return this.calibrations.find(principal, request);
  }
}
