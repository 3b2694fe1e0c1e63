import { Body, Controller, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import { DefaultFilterRequest, SavedFilterItem, SavedFilterList, SavedFilterRequest } from './saved-filter.dto.ts';
import { SavedFilterService } from './saved-filter.service.ts';

const filterId = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('saved-filter')
@Roles(...READERS)
@Controller('v1')
export class SavedFilterController {
  constructor(@Inject(SavedFilterService) private readonly filters: SavedFilterService) {}

  @ApiOperation({ operationId: 'listSavedFilters', summary: 'My filters of the board, and those shared with a role of mine' })
  @ApiResponse({ status: 200, type: SavedFilterList, description: 'The filters' })
  @Get('saved-filters')
  list(@CurrentPrincipal() principal: Principal): Promise<SavedFilterList> {
    return this.filters.list(principal);
  }

  @ApiOperation({ operationId: 'saveFilter', summary: 'Keep a filter; 50 a person at most' })
  @ApiResponse({ status: 201, type: SavedFilterItem, description: 'The filter' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same filter; kept 7 days' })
  @Post('saved-filters')
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() request: SavedFilterRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<SavedFilterItem> {
    return this.filters.create(principal, request, idempotency);
  }

  @ApiOperation({ operationId: 'changeSavedFilter', summary: 'Change a filter of mine' })
  @ApiResponse({ status: 200, type: SavedFilterItem, description: 'The filter' })
  @filterId
  @Put('saved-filters/:id')
  change(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Body() request: SavedFilterRequest): Promise<SavedFilterItem> {
    return this.filters.change(principal, id, request);
  }

  @ApiOperation({ operationId: 'removeSavedFilter', summary: 'Remove a filter of mine' })
  @ApiResponse({ status: 200, type: SavedFilterList, description: 'The filters that are left' })
  @filterId
  @Delete('saved-filters/:id')
  remove(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SavedFilterList> {
    return this.filters.remove(principal, id);
  }

  @ApiOperation({ operationId: 'setDefaultFilter', summary: 'Say which filter my board begins with' })
  @ApiResponse({ status: 200, type: SavedFilterList, description: 'The filters' })
  @Put('saved-filter-default')
  setDefault(@CurrentPrincipal() principal: Principal, @Body() request: DefaultFilterRequest): Promise<SavedFilterList> {
    return this.filters.setDefault(principal, request);
  }
}
