import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { OutsourcedShareRequest, OutsourcedShareView } from './share.dto.ts';
import { ShareService } from './share.service.ts';

@ApiTags('entrustment')
@Controller('v1/outsourced-share')
export class ShareController {
  constructor(@Inject(ShareService) private readonly shares: ShareService) {}

  @ApiOperation({
    operationId: 'findOutsourcedShare',
    summary: 'The share of open cases with agencies, by number and by amount, over time',
  })
  @ApiResponse({ status: 200, type: OutsourcedShareView, description: 'A point a day or a month' })
  @Roles('collections-manager', 'compliance', 'regulator')
  @Get()
  find(@CurrentPrincipal() principal: Principal, @Query() request: OutsourcedShareRequest): Promise<OutsourcedShareView> {
    return this.shares.over(principal, request);
  }
}
