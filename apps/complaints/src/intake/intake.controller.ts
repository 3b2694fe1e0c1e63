import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { idempotent, uuidParam } from '../aftercare/routes.ts';
import { READERS } from '../complaint/readers.ts';
import { IntakeView, ProofRequest } from './intake.dto.ts';
import { IntakeService } from './intake.service.ts';

@ApiTags('intake')
@uuidParam()
@Controller('v1/complaints/:id')
export class IntakeController {
  constructor(@Inject(IntakeService) private readonly intakes: IntakeService) {}

  @ApiOperation({ operationId: 'findIntake', summary: 'Who complains, who acts for him and whether he may, and who sent it on' })
  @ApiResponse({ status: 200, type: IntakeView, description: 'The intake; personal data masked by role, unmasked reads recorded' })
  @Roles(...READERS)
  @Get('intake')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<IntakeView> {
    return this.intakes.find(principal, id, call);
  }

  @ApiOperation({
    operationId: 'examineProof',
    summary: 'Say whether a letter of authority, or the proof of heirs, lets who brought it act for the complainant',
  })
  @ApiResponse({ status: 201, type: IntakeView, description: 'The intake as it is now' })
  @idempotent
  @Roles('complaint-handler', 'complaint-supervisor')
  @Post('proofs')
  examine(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ProofRequest,
    @ThisCall() call: Call,
  ): Promise<IntakeView> {
    return this.intakes.examine(principal, id, request, call);
  }
}
