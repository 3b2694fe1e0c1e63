import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import type { Page } from '#wire';
import { DECIDERS, READERS } from '../policy/policy.roles.ts';
import { PolicySimulationItem, PolicySimulationPage, PolicySimulationView, SimulationFilter, SimulationRequest } from './simulation.dto.ts';
import { SimulationService } from './simulation.service.ts';

const uuid = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('policy')
@languageHeader
@Controller('v1')
export class SimulationController {
  constructor(@Inject(SimulationService) private readonly simulations: SimulationService) {}

  @ApiOperation({
    operationId: 'createPolicySimulation',
    summary: 'Try a draft, as a job, on the decisions and imported contacts of the last days',
  })
  @ApiResponse({ status: 202, type: PolicySimulationView, description: 'The simulation, queued' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @uuid
  @Roles(...DECIDERS)
  @HttpCode(202)
  @Post('policy-drafts/:id/simulations')
  create(
    @CurrentPrincipal() principal: Principal,
    @Param('id') draftId: string,
    @Body() { days }: SimulationRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
  ): Promise<PolicySimulationView> {
    return this.simulations.create(principal, draftId, days, idempotency, language);
  }

  @ApiOperation({ operationId: 'listPolicySimulations', summary: 'The simulations of a draft, the newest first' })
  @ApiResponse({ status: 200, type: PolicySimulationPage, description: 'A page of simulations' })
  @uuid
  @Roles(...READERS)
  @Get('policy-drafts/:id/simulations')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') draftId: string,
    @Query() filter: SimulationFilter,
  ): Promise<Page<PolicySimulationItem>> {
    return this.simulations.list(principal, draftId, filter);
  }

  @ApiOperation({ operationId: 'findPolicySimulation', summary: 'Progress and, once done, what the draft would have changed' })
  @ApiResponse({ status: 200, type: PolicySimulationView, description: 'The simulation' })
  @uuid
  @Roles(...READERS)
  @Get('policy-simulations/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Lang() language: Language): Promise<PolicySimulationView> {
    return this.simulations.find(principal, id, language);
  }
}
