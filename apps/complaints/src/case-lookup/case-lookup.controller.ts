import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { inTransaction } from '#pg';
import { ReadingService } from '../complaint/reading.service.ts';
import { CaseLookupAnswer, CaseLookupRequest } from './case-lookup.dto.ts';
import { CaseLookup } from './case-lookup.service.ts';

@ApiTags('dossier')
@Controller('v1')
export class CaseLookupController {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(CaseLookup) private readonly lookup: CaseLookup,
  ) {}

  @ApiOperation({
    operationId: 'lookUpCases',
    summary: 'Cases that collections has of a complainant: nobody is asked for what the bank holds (CMP20 14)',
  })
  @ApiResponse({ status: 200, type: CaseLookupAnswer, description: 'What collections found, or that it did not answer' })
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post('case-lookups')
  async find(@CurrentPrincipal() principal: Principal, @Body() { complaintId, ...keys }: CaseLookupRequest): Promise<CaseLookupAnswer> {
    const { institutionId, subject } = principal;
    const purpose = complaintId
      ? (await inTransaction(this.database, principal, (tx) => this.reading.find(tx, principal, complaintId))).number
      : 'intake';
    return this.lookup.find({ institutionId, by: subject, purpose }, keys);
  }
}
