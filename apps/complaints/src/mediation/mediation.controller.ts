import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { languageHeader } from '#http';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { AFTER_READERS, idempotent, uuidParam } from '../aftercare/routes.ts';
import { AppraisalRequest, MediationEndRequest, MediationList, MediationRequest, MediationView } from './mediation.dto.ts';
import { MediationService } from './mediation.service.ts';

@ApiTags('mediation')
@languageHeader
@uuidParam()
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1')
export class MediationController {
  constructor(@Inject(MediationService) private readonly mediations: MediationService) {}

  @ApiOperation({
    operationId: 'beginMediation',
    summary: 'Both sides applied for mediation: before the decision the clock stands still from its beginning',
  })
  @ApiResponse({ status: 201, type: MediationView, description: 'The mediation, and what the clock says of it' })
  @idempotent
  @Post('complaints/:id/mediations')
  mediate(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: MediationRequest,
    @ThisCall() call: Call,
  ): Promise<MediationView> {
    return this.mediations.mediate(principal, id, request, call);
  }

  @ApiOperation({
    operationId: 'beginAppraisal',
    summary: 'An outside appraisal, test or assessment begins: before the decision the clock stands still',
  })
  @ApiResponse({ status: 201, type: MediationView, description: 'The appraisal, and what the clock says of it' })
  @idempotent
  @Post('complaints/:id/appraisals')
  appraise(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: AppraisalRequest,
    @ThisCall() call: Call,
  ): Promise<MediationView> {
    return this.mediations.appraise(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'listMediations', summary: 'Mediations and appraisals of a complaint' })
  @ApiResponse({ status: 200, type: MediationList, description: 'All of them' })
  @Roles(...AFTER_READERS)
  @Get('complaints/:id/mediations')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<MediationList> {
    return this.mediations.list(principal, id, call);
  }

  @ApiOperation({ operationId: 'endMediation', summary: 'It is over: the clock goes on; a date that was agreed on rules from now on' })
  @ApiResponse({ status: 200, type: MediationView, description: 'Ended' })
  @idempotent
  @HttpCode(200)
  @Post('mediations/:id/end')
  end(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: MediationEndRequest,
    @ThisCall() call: Call,
  ): Promise<MediationView> {
    return this.mediations.end(principal, id, request, call);
  }
}
