import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { languageHeader } from '#http';
import type { Call } from '../aftercare/aftercare.desk.ts';
import { ThisCall } from '../aftercare/call.ts';
import { idempotent, uuidParam } from '../aftercare/routes.ts';
import { READERS } from '../complaint/readers.ts';
import {
  DuplicateDecisionRequest,
  DuplicateSettingRequest,
  DuplicateSettingView,
  DuplicateView,
  KnownList,
  KnownRequest,
} from './duplicate.dto.ts';
import { DuplicateService } from './duplicate.service.ts';
import { MergingService } from './merging.service.ts';

@ApiTags('duplicate')
@Roles('complaint-handler', 'complaint-supervisor')
@Controller('v1')
export class DuplicateController {
  constructor(
    @Inject(DuplicateService) private readonly duplicates: DuplicateService,
    @Inject(MergingService) private readonly merging: MergingService,
  ) {}

  @ApiOperation({
    operationId: 'findKnownComplaints',
    summary: 'Complaints of whoever complains now, and of the account, while it is taken in: found by exact identifiers, stores nothing',
  })
  @ApiResponse({ status: 200, type: KnownList, description: 'What is known, with the reasons' })
  @HttpCode(200)
  @Post('known-complaints')
  known(@CurrentPrincipal() principal: Principal, @Body() request: KnownRequest, @ThisCall() call: Call): Promise<KnownList> {
    return this.duplicates.known(principal, request, call.requestId);
  }

  @ApiOperation({
    operationId: 'listDuplicates',
    summary: 'What looks like this complaint, what was decided of it, and what it goes on as',
  })
  @ApiResponse({ status: 200, type: DuplicateView, description: 'Candidates, decisions, links both ways' })
  @uuidParam()
  @Roles(...READERS)
  @Get('complaints/:id/duplicates')
  list(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @ThisCall() call: Call): Promise<DuplicateView> {
    return this.duplicates.list(principal, id, call);
  }

  @ApiOperation({
    operationId: 'decideDuplicate',
    summary: 'Merge the later of two complaints into the earlier one, with or without a new term, or say that they are two matters',
  })
  @ApiResponse({ status: 201, type: DuplicateView, description: 'As it is now, seen from the complaint of the path' })
  @idempotent
  @languageHeader
  @uuidParam()
  @Post('complaints/:id/duplicate-decisions')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: DuplicateDecisionRequest,
    @ThisCall() call: Call,
  ): Promise<DuplicateView> {
    return this.merging.decide(principal, id, request, call);
  }

  @ApiOperation({ operationId: 'findDuplicateSetting', summary: 'What counts as alike' })
  @ApiResponse({ status: 200, type: DuplicateSettingView, description: 'The setting' })
  @Roles(...READERS)
  @Get('duplicate-settings')
  setting(@CurrentPrincipal() principal: Principal): Promise<DuplicateSettingView> {
    return this.duplicates.findSetting(principal);
  }

  @ApiOperation({ operationId: 'changeDuplicateSetting', summary: 'Change what counts as alike' })
  @ApiResponse({ status: 200, type: DuplicateSettingView, description: 'The setting as it is now' })
  @Roles('complaint-supervisor', 'admin')
  @Put('duplicate-settings')
  change(@CurrentPrincipal() principal: Principal, @Body() request: DuplicateSettingRequest): Promise<DuplicateSettingView> {
    return this.duplicates.changeSetting(principal, request);
  }
}
