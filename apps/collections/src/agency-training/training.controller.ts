import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { AgencyTrainingPage, AgencyTrainingView, TrainingRequest } from './training.dto.ts';
import { TrainingService } from './training.service.ts';

const agencyParam = ApiParam({ name: 'agencyId', type: 'string' });

@ApiTags('agency')
@Controller('v1/agencies/:agencyId/trainings')
export class TrainingController {
  constructor(@Inject(TrainingService) private readonly trainings: TrainingService) {}

  @ApiOperation({ operationId: 'noteAgencyTraining', summary: 'Note a training with its attendants and results' })
  @ApiResponse({ status: 201, type: AgencyTrainingView, description: 'The training' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @Post()
  note(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: TrainingRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyTrainingView> {
    return this.trainings.note(principal, agencyId, request, idempotency);
  }

  @ApiOperation({ operationId: 'listAgencyTrainings', summary: 'Trainings of an agency, the last noted first' })
  @ApiResponse({ status: 200, type: AgencyTrainingPage, description: 'A page of trainings' })
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'admin')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Query() request: PageRequest,
  ): Promise<AgencyTrainingPage> {
    return this.trainings.list(principal, agencyId, request);
  }
}
