import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { ChannelPageList, ChannelPageRequest, ChannelPageView, ChannelRefusalRequest } from './channel.dto.ts';
import { ChannelService } from './channel.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const version = ApiParam({ name: 'version', schema: { type: 'integer' } });

@ApiTags('public page')
@Controller('v1/channel-pages')
export class ChannelController {
  constructor(@Inject(ChannelService) private readonly channels: ChannelService) {}

  @ApiOperation({
    operationId: 'listChannelPages',
    summary: 'What the institution publishes of how to complain: every version, the newest first',
  })
  @ApiResponse({ status: 200, type: ChannelPageList, description: 'The versions; the built-in one last' })
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
  @Get()
  list(@CurrentPrincipal() principal: Principal): Promise<ChannelPageList> {
    return this.channels.list(principal);
  }

  @ApiOperation({ operationId: 'proposeChannelPage', summary: 'Make the next version of the public page; it waits for a second person' })
  @ApiResponse({ status: 201, type: ChannelPageView, description: 'The version' })
  @idempotent
  @Roles('complaint-supervisor', 'head-office-approver', 'compliance')
  @Post()
  propose(
    @CurrentPrincipal() principal: Principal,
    @Body() request: ChannelPageRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ChannelPageView> {
    return this.channels.propose(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'approveChannelPage', summary: 'Publish a version at once; never by its author' })
  @ApiResponse({ status: 200, type: ChannelPageView, description: 'The version' })
  @idempotent
  @version
  @Roles('compliance')
  @HttpCode(200)
  @Post(':version/approval')
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('version') which: string,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ChannelPageView> {
    return this.channels.approve(principal, which, idempotency);
  }

  @ApiOperation({ operationId: 'refuseChannelPage', summary: 'Refuse a version, or take back one’s own' })
  @ApiResponse({ status: 200, type: ChannelPageView, description: 'The version' })
  @idempotent
  @version
  @Roles('complaint-supervisor', 'head-office-approver', 'compliance')
  @HttpCode(200)
  @Post(':version/refusal')
  refuse(
    @CurrentPrincipal() principal: Principal,
    @Param('version') which: string,
    @Body() { reason }: ChannelRefusalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<ChannelPageView> {
    return this.channels.refuse(principal, which, reason, idempotency);
  }
}
