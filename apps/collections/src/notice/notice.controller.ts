import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, ROLES, Roles, type Principal } from '#auth';
import { NoticeItem, NoticeListRequest, NoticePage, UnreadNotices } from './notice.dto.ts';
import { NoticeService } from './notice.service.ts';

@ApiTags('notice')
@Roles(...ROLES)
@Controller('v1/notices')
export class NoticeController {
  constructor(@Inject(NoticeService) private readonly notices: NoticeService) {}

  @ApiOperation({
    operationId: 'listNotices',
    summary: 'Reminders, what is late and what was handed over, for me or for a role of mine, the newest first',
  })
  @ApiResponse({ status: 200, type: NoticePage, description: 'A page of notices' })
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: NoticeListRequest): Promise<NoticePage> {
    return this.notices.list(principal, request);
  }

  @ApiOperation({ operationId: 'countUnreadNotices', summary: 'How many of them I have not read' })
  @ApiResponse({ status: 200, type: UnreadNotices, description: 'The count' })
  @Get('unread-count')
  countUnread(@CurrentPrincipal() principal: Principal): Promise<UnreadNotices> {
    return this.notices.countUnread(principal);
  }

  @ApiOperation({ operationId: 'readNotice', summary: 'Note that I have read it; what went to a role stays unread for its others' })
  @ApiResponse({ status: 200, type: NoticeItem, description: 'The notice' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @HttpCode(200)
  @Post(':id/read')
  read(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<NoticeItem> {
    return this.notices.read(principal, id);
  }
}
