import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import type { Language } from '#contact-rules';
import { Lang, languageHeader } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { PhotoService } from './photo.service.ts';
import { StepsService } from './steps.service.ts';
import {
  ArrivalRequest,
  EntryRequest,
  LeavingRequest,
  PHOTO_PLACES,
  PlannedVisit,
  VisitListRequest,
  VisitPage,
  VisitRequest,
  VisitView,
} from './visit.dto.ts';
import { VisitService } from './visit.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const visitParam = ApiParam({ name: 'id', description: 'The id of the visit', schema: { type: 'string', format: 'uuid' } });
const GOES = ['agent', 'agency-supervisor', 'collections-manager', 'integration'] as const;
const SEES = [...GOES, 'compliance', 'regulator'] as const;

@ApiTags('visit')
@languageHeader
@Controller('v1/visits')
export class VisitController {
  constructor(
    @Inject(VisitService) private readonly visits: VisitService,
    @Inject(StepsService) private readonly steps: StepsService,
    @Inject(PhotoService) private readonly photos: PhotoService,
  ) {}

  @ApiOperation({
    operationId: 'planVisit',
    summary: 'Ask for a visit with two registered collectors at least, and plan it where it is permitted',
  })
  @ApiResponse({ status: 201, type: PlannedVisit, description: 'The visit, or a refusal with its reasons' })
  @idempotent
  @Roles(...GOES)
  @Post()
  plan(
    @CurrentPrincipal() principal: Principal,
    @Body() request: VisitRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Lang() language: Language,
    @Req() http: FastifyRequest,
  ): Promise<PlannedVisit> {
    return this.visits.plan(principal, request, idempotency, language, http.id);
  }

  @ApiOperation({ operationId: 'listVisits', summary: 'Visits, the newest first' })
  @ApiResponse({ status: 200, type: VisitPage, description: 'A page of visits' })
  @Roles(...SEES)
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() request: VisitListRequest, @Req() http: FastifyRequest): Promise<VisitPage> {
    return this.visits.list(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'findVisit', summary: 'A visit: who goes, what was shown and asked, what was seen' })
  @ApiResponse({ status: 200, type: VisitView, description: 'The visit' })
  @visitParam
  @Roles(...SEES)
  @Get(':id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<VisitView> {
    return this.visits.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'noteArrival', summary: 'Note the arrival, and to whom the visitors showed who they are' })
  @ApiResponse({ status: 200, type: VisitView, description: 'The visit' })
  @idempotent
  @visitParam
  @Roles(...GOES)
  @HttpCode(200)
  @Post(':id/arrival')
  arrive(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: ArrivalRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<VisitView> {
    return this.steps.arrive(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'noteEntry', summary: 'Note whether they were asked in, by whom, and where that is recorded' })
  @ApiResponse({ status: 200, type: VisitView, description: 'The visit' })
  @idempotent
  @visitParam
  @Roles(...GOES)
  @HttpCode(200)
  @Post(':id/entry')
  enter(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: EntryRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<VisitView> {
    return this.steps.enter(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'noteLeaving', summary: 'Note that they left; the result is the outcome of the contact' })
  @ApiResponse({ status: 200, type: VisitView, description: 'The visit' })
  @idempotent
  @visitParam
  @Roles(...GOES)
  @HttpCode(200)
  @Post(':id/leaving')
  leave(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: LeavingRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
    @Req() http: FastifyRequest,
  ): Promise<VisitView> {
    return this.steps.leave(principal, id, request, idempotency, http.id);
  }

  @ApiOperation({ operationId: 'addVisitPhoto', summary: 'Keep a photo; of what is inside only where entry was permitted' })
  @ApiResponse({ status: 201, type: VisitView, description: 'The visit' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        place: { type: 'string', enum: [...PHOTO_PLACES] },
        takenAt: { type: 'string', format: 'date-time' },
        file: { type: 'string', format: 'binary' },
      },
    },
  })
  @visitParam
  @Roles(...GOES)
  @Post(':id/photos')
  photo(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() request: FastifyRequest): Promise<VisitView> {
    return this.photos.receive(principal, id, request);
  }

  @ApiOperation({
    operationId: 'showVisitPhoto',
    summary: 'A photo without what the camera notes of place and time; who sees it is recorded',
  })
  @ApiProduces('image/jpeg', 'image/png')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' }, description: 'The photo' })
  @visitParam
  @ApiParam({ name: 'photoId', schema: { type: 'string', format: 'uuid' } })
  @Roles(...SEES)
  @Get(':id/photos/:photoId')
  async show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('photoId') photoId: string,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { mediaType, bytes } = await this.photos.show(principal, id, photoId, http.id);
    void reply.header('cache-control', 'private, no-store');
    return new StreamableFile(bytes, { type: mediaType, disposition: 'inline', length: bytes.length });
  }
}
