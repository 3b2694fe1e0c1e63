import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { READERS } from '../complaint/readers.ts';
import { TagList, TagRequest, TagUses } from './tag.dto.ts';
import { TagService } from './tag.service.ts';

const complaintId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('tag')
@Roles(...READERS)
@Controller('v1')
export class TagController {
  constructor(@Inject(TagService) private readonly tags: TagService) {}

  @ApiOperation({ operationId: 'listTags', summary: 'The tags that complaints have' })
  @ApiResponse({ status: 200, type: TagUses, description: 'The tags' })
  @Get('complaint-tags')
  uses(@CurrentPrincipal() principal: Principal): Promise<TagUses> {
    return this.tags.uses(principal);
  }

  @ApiOperation({ operationId: 'listTagsOfComplaint', summary: 'The tags of a complaint' })
  @ApiResponse({ status: 200, type: TagList, description: 'The tags' })
  @complaintId
  @Get('complaints/:id/tags')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<TagList> {
    return this.tags.list(principal, id);
  }

  @ApiOperation({ operationId: 'addTag', summary: 'Give a complaint a tag; again changes nothing' })
  @ApiResponse({ status: 200, type: TagList, description: 'The tags it has now' })
  @complaintId
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post('complaints/:id/tags')
  add(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Body() { tag }: TagRequest): Promise<TagList> {
    return this.tags.add(principal, id, tag);
  }

  @ApiOperation({ operationId: 'removeTag', summary: 'Take a tag from a complaint' })
  @ApiResponse({ status: 200, type: TagList, description: 'The tags it has now' })
  @complaintId
  @Roles('complaint-handler', 'complaint-supervisor')
  @HttpCode(200)
  @Post('complaints/:id/tag-removals')
  remove(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Body() { tag }: TagRequest): Promise<TagList> {
    return this.tags.remove(principal, id, tag);
  }
}
