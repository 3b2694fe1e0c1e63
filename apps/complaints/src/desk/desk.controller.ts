import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { DeskAdminService } from './desk-admin.service.ts';
import {
  AbsenceRequest,
  DeskChangeListRequest,
  DeskChangePage,
  MemberList,
  MemberListRequest,
  MemberRequest,
  MemberView,
  UnitList,
  UnitRequest,
  UnitView,
} from './desk.dto.ts';

const subjectParam = ApiParam({ name: 'subject', type: 'string' });

@ApiTags('desk')
@Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
@Controller('v1')
export class DeskController {
  constructor(@Inject(DeskAdminService) private readonly desk: DeskAdminService) {}

  @ApiOperation({ operationId: 'listDeskUnits', summary: 'Branches, departments and the head office, each with its superior institution' })
  @ApiResponse({ status: 200, type: UnitList, description: 'The units' })
  @Get('desk-units')
  units(@CurrentPrincipal() principal: Principal): Promise<UnitList> {
    return this.desk.units(principal);
  }

  @ApiOperation({ operationId: 'putDeskUnit', summary: 'Make a unit or change it; the change is kept' })
  @ApiResponse({ status: 200, type: UnitView, description: 'The unit' })
  @ApiParam({ name: 'code', type: 'string' })
  @Roles('complaint-supervisor', 'admin')
  @Put('desk-units/:code')
  putUnit(@CurrentPrincipal() principal: Principal, @Param('code') code: string, @Body() request: UnitRequest): Promise<UnitView> {
    return this.desk.putUnit(principal, code, request);
  }

  @ApiOperation({ operationId: 'listDeskMembers', summary: 'Who works on complaints: unit, line, skills, capacity, absences' })
  @ApiResponse({ status: 200, type: MemberList, description: 'The members' })
  @Get('desk-members')
  members(@CurrentPrincipal() principal: Principal, @Query() request: MemberListRequest): Promise<MemberList> {
    return this.desk.members(principal, request);
  }

  @ApiOperation({ operationId: 'putDeskMember', summary: 'Make a member or change one; the change is kept' })
  @ApiResponse({ status: 200, type: MemberView, description: 'The member' })
  @subjectParam
  @Roles('complaint-supervisor', 'admin')
  @Put('desk-members/:subject')
  putMember(
    @CurrentPrincipal() principal: Principal,
    @Param('subject') subject: string,
    @Body() request: MemberRequest,
  ): Promise<MemberView> {
    return this.desk.putMember(principal, subject, request);
  }

  @ApiOperation({ operationId: 'addDeskAbsence', summary: 'Say when somebody is away: meanwhile he is given no complaints' })
  @ApiResponse({ status: 201, type: MemberView, description: 'The member' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' })
  @subjectParam
  @Roles('complaint-supervisor', 'admin')
  @Post('desk-members/:subject/absences')
  addAbsence(
    @CurrentPrincipal() principal: Principal,
    @Param('subject') subject: string,
    @Body() request: AbsenceRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<MemberView> {
    return this.desk.addAbsence(principal, subject, request, idempotency);
  }

  @ApiOperation({ operationId: 'cancelDeskAbsence', summary: 'Somebody is not away after all' })
  @ApiResponse({ status: 200, type: MemberView, description: 'The member' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @Roles('complaint-supervisor', 'admin')
  @HttpCode(200)
  @Post('desk-absences/:id/cancellation')
  cancelAbsence(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<MemberView> {
    return this.desk.cancelAbsence(principal, id);
  }

  @ApiOperation({ operationId: 'listDeskChanges', summary: 'What was changed of units and people, by whom, the newest first' })
  @ApiResponse({ status: 200, type: DeskChangePage, description: 'A page of changes' })
  @Roles('complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin')
  @Get('desk-changes')
  changes(@CurrentPrincipal() principal: Principal, @Query() request: DeskChangeListRequest): Promise<DeskChangePage> {
    return this.desk.changes(principal, request);
  }
}
