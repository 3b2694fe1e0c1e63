import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { AgencyDevicePage, AgencyDeviceView, DeviceListRequest, DeviceRequest, DeviceRetirementRequest } from './device.dto.ts';
import { DeviceService } from './device.service.ts';

const agencyParam = ApiParam({ name: 'agencyId', type: 'string' });
const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});

@ApiTags('agency')
@Controller('v1/agencies/:agencyId/devices')
export class DeviceController {
  constructor(@Inject(DeviceService) private readonly devices: DeviceService) {}

  @ApiOperation({ operationId: 'listAgencyDevices', summary: 'Work tools of an agency: telephones, lines and accounts' })
  @ApiResponse({ status: 200, type: AgencyDevicePage, description: 'A page of tools' })
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration', 'admin')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Query() request: DeviceListRequest,
  ): Promise<AgencyDevicePage> {
    return this.devices.list(principal, agencyId, request);
  }

  @ApiOperation({
    operationId: 'registerAgencyDevice',
    summary: 'Register a work tool of a collector; one that another agency has as well is a finding',
  })
  @ApiResponse({ status: 201, type: AgencyDeviceView, description: 'The tool' })
  @idempotencyHeader
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @Post()
  register(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: DeviceRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyDeviceView> {
    return this.devices.register(principal, request, { agencyId, idempotency });
  }

  @ApiOperation({ operationId: 'retireAgencyDevice', summary: 'Take a work tool out of use; permits for it are taken back' })
  @ApiResponse({ status: 200, type: AgencyDeviceView, description: 'The tool' })
  @idempotencyHeader
  @agencyParam
  @ApiParam({ name: 'deviceId', type: 'string' })
  @Roles('agency-supervisor', 'collections-manager', 'compliance')
  @HttpCode(200)
  @Post(':deviceId/retirement')
  retire(
    @CurrentPrincipal() principal: Principal,
    @Param() { agencyId, deviceId }: Record<'agencyId' | 'deviceId', string>,
    @Body() request: DeviceRetirementRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyDeviceView> {
    return this.devices.retire(principal, deviceId, request, { agencyId, idempotency });
  }
}
