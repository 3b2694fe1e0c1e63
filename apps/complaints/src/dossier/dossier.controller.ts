import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { READERS } from '../complaint/readers.ts';
import {
  AttachmentRequest,
  CollectionHoldRequest,
  DossierItemListRequest,
  DossierItemPage,
  DossierRequest,
  DossierView,
} from './dossier.dto.ts';
import { DossierService } from './dossier.service.ts';
import { ScopeService } from './scope.service.ts';
import { ShowingService } from './showing.service.ts';

const uuid = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
const shown = (status = 200) => ApiResponse({ status, type: DossierView, description: 'The file of the complaint, and the hold' });
const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, done once; kept 7 days' });
const HANDLE = ['complaint-handler', 'complaint-supervisor'] as const;

@ApiTags('dossier')
@Roles(...READERS)
@Controller('v1/complaints/:id')
export class DossierController {
  constructor(
    @Inject(DossierService) private readonly dossiers: DossierService,
    @Inject(ShowingService) private readonly showing: ShowingService,
    @Inject(ScopeService) private readonly scopes: ScopeService,
  ) {}

  @ApiOperation({
    operationId: 'findDossier',
    summary: 'What collections did to the complainant, as far as it was read, and what the complaint holds',
  })
  @shown()
  @uuid
  @Get('dossier')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<DossierView> {
    return this.showing.find(principal, id, http.id);
  }

  @ApiOperation({
    operationId: 'listDossierItems',
    summary:
      'Contacts with the gate’s reasons, recordings, messages, letters, visits, who had the case: as they were read, the latest first',
  })
  @ApiResponse({ status: 200, type: DossierItemPage, description: 'A page of the file' })
  @uuid
  @Get('dossier/items')
  items(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() request: DossierItemListRequest,
    @Req() http: FastifyRequest,
  ): Promise<DossierItemPage> {
    return this.showing.items(principal, id, request, http.id);
  }

  @ApiOperation({ operationId: 'requestDossier', summary: 'Say which account the complaint is about; collections is asked for its file' })
  @shown(201)
  @uuid
  @idempotent
  @Roles(...HANDLE)
  @Post('dossier')
  request(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: DossierRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<DossierView> {
    return this.dossiers.request(principal, id, request, { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'readDossierAgain', summary: 'Read the file from collections again now' })
  @shown()
  @uuid
  @idempotent
  @Roles(...HANDLE)
  @HttpCode(200)
  @Post('dossier/readings')
  readAgain(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<DossierView> {
    return this.dossiers.readAgain(principal, id, { idempotency, requestId: http.id });
  }

  @ApiOperation({ operationId: 'attachToDossier', summary: 'Add to the file by hand what collections does not give' })
  @shown(201)
  @uuid
  @idempotent
  @Roles('complaint-supervisor')
  @Post('dossier/items')
  attach(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: AttachmentRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<DossierView> {
    return this.dossiers.attach(principal, id, request, { idempotency, requestId: http.id });
  }

  @ApiOperation({
    operationId: 'chooseCollectionHold',
    summary:
      'Say which contacts are held while the complaint is open: all of the account, of an agency, a collector, a channel, a number, or none',
  })
  @shown()
  @uuid
  @idempotent
  @Roles(...HANDLE)
  @HttpCode(200)
  @Post('collection-hold')
  hold(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: CollectionHoldRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<DossierView> {
    return this.scopes.choose(principal, id, request, { idempotency, requestId: http.id });
  }
}
