import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { RotateKeyRequest } from './evidence.dto.ts';
import { KeyRotationView } from './evidence.view.ts';
import { RotationService } from './rotation.service.ts';

@ApiTags('evidence')
@Controller('v1/evidence/key-rotations')
export class RotationController {
  constructor(@Inject(RotationService) private readonly rotations: RotationService) {}

  @ApiOperation({
    operationId: 'rotateEvidenceKey',
    summary: 'Have another key sign the log from now on; what the old one signed stays valid, and the rotation is recorded',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @ApiResponse({ status: 201, type: KeyRotationView, description: 'The new key' })
  @Roles('admin')
  @Post()
  rotate(
    @CurrentPrincipal() principal: Principal,
    @Body() request: RotateKeyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<KeyRotationView> {
    return this.rotations.rotate(principal, request, idempotency);
  }
}
