import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Page } from '#wire';
import { MandateView, ReadFilter, RegulatorReadPage, type RegulatorReadView } from './read.dto.ts';
import { ReadService } from './read.service.ts';

@ApiTags('regulator')
@Controller('v1')
export class ReadController {
  constructor(@Inject(ReadService) private readonly reads: ReadService) {}

  @ApiOperation({
    operationId: 'listRegulatorReads',
    summary: 'What regulators were shown by this service: their own to them, all of the institution to compliance',
  })
  @ApiResponse({ status: 200, type: RegulatorReadPage, description: 'A page of reads, the newest first' })
  @Roles('compliance', 'regulator', 'admin')
  @Get('regulator-reads')
  list(@CurrentPrincipal() principal: Principal, @Query() filter: ReadFilter): Promise<Page<RegulatorReadView>> {
    return this.reads.list(principal, filter);
  }

  @ApiOperation({ operationId: 'findRegulatorMandate', summary: 'The institutions that a regulator may look into' })
  @ApiResponse({ status: 200, type: MandateView, description: 'Its own and those of its mandate' })
  @Roles('regulator')
  @Get('regulator-mandate')
  mandate(@CurrentPrincipal() principal: Principal): MandateView {
    return this.reads.mandate(principal);
  }
}
