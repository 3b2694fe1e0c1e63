import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PageRequest } from '#wire';
import { AgencyContractPage, AgencyContractView, ContractRequest, ContractVersionRequest } from './contract.dto.ts';
import { ContractService } from './contract.service.ts';

const agencyParam = ApiParam({ name: 'agencyId', type: 'string' });
const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});

@ApiTags('agency')
@Controller('v1/agencies/:agencyId/contracts')
export class ContractController {
  constructor(@Inject(ContractService) private readonly contracts: ContractService) {}

  @ApiOperation({
    operationId: 'createAgencyContract',
    summary: 'A new contract; one whose fee is a share of recoveries alone is refused (CC22)',
  })
  @ApiResponse({ status: 201, type: AgencyContractView, description: 'Its first version' })
  @idempotencyHeader
  @agencyParam
  @Roles('collections-manager', 'compliance')
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Body() request: ContractRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyContractView> {
    return this.contracts.create(principal, agencyId, request, idempotency);
  }

  @ApiOperation({ operationId: 'amendAgencyContract', summary: 'The next version of a contract, whole; the gate follows it at once' })
  @ApiResponse({ status: 201, type: AgencyContractView, description: 'The version' })
  @idempotencyHeader
  @agencyParam
  @ApiParam({ name: 'contractNo', type: 'string' })
  @Roles('collections-manager', 'compliance')
  @Post(':contractNo/versions')
  amend(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Param('contractNo') contractNo: string,
    @Body() request: ContractVersionRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<AgencyContractView> {
    return this.contracts.amend(principal, { agencyId, contractNo }, request, idempotency);
  }

  @ApiOperation({ operationId: 'listAgencyContracts', summary: 'All versions of the contracts of an agency, the newest first' })
  @ApiResponse({ status: 200, type: AgencyContractPage, description: 'A page of versions' })
  @agencyParam
  @Roles('agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'admin')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('agencyId') agencyId: string,
    @Query() request: PageRequest,
  ): Promise<AgencyContractPage> {
    return this.contracts.list(principal, agencyId, request);
  }
}
