import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { READERS } from '../complaint/readers.ts';
import { NotificationItem, NotificationListRequest, NotificationPage, UnreadCount } from './notification.dto.ts';
import { NotificationService } from './notification.service.ts';

@ApiTags('notification')
@Roles(...READERS)
@Controller('v1/notifications')
export class NotificationController {
  constructor(@Inject(NotificationService) private readonly notifications: NotificationService) {}

  @ApiOperation({ operationId: 'listNotifications', summary: 'Reminders and escalations for me or for a role of mine, the newest first' })
  @ApiResponse({ status: 200, type: NotificationPage, description: 'A page of notifications' })
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() request: NotificationListRequest,
    @Req() http: FastifyRequest,
  ): Promise<NotificationPage> {
    return this.notifications.list(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'countUnreadNotifications', summary: 'How many of them I have not read' })
  @ApiResponse({ status: 200, type: UnreadCount, description: 'The count' })
  @Get('unread-count')
  countUnread(@CurrentPrincipal() principal: Principal): Promise<UnreadCount> {
    return this.notifications.countUnread(principal);
  }

  @ApiOperation({ operationId: 'readNotification', summary: 'Note that I have read it; what went to a role stays unread for its others' })
  @ApiResponse({ status: 200, type: NotificationItem, description: 'The notification' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @HttpCode(200)
  @Post(':id/read')
  read(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<NotificationItem> {
    return this.notifications.read(principal, id, http.id);
  }
}
