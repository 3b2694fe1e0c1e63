import { Body, Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '#auth';
import { CaseLookupRequest, FilePageRequest, type CaseLookup, type FilePage } from './disclosure.dto.ts';
import { DisclosureService } from './disclosure.service.ts';
import { LookupService } from './lookup.service.ts';
import { PeerGuard, peerInstitution } from './peer.guard.ts';

/** For the complaints service alone: signed, and at no address that the front origin serves. */
@ApiExcludeController()
@Public()
@UseGuards(PeerGuard)
@Controller('internal')
export class DisclosureController {
  constructor(
    @Inject(DisclosureService) private readonly disclosures: DisclosureService,
    @Inject(LookupService) private readonly lookups: LookupService,
  ) {}

  @HttpCode(200)
  @Post('complaint-files')
  page(@Body() body: FilePageRequest, @Req() request: FastifyRequest): Promise<FilePage> {
    return this.disclosures.page(peerInstitution(request), body, request.id);
  }

  @HttpCode(200)
  @Post('case-lookups')
  cases(@Body() body: CaseLookupRequest, @Req() request: FastifyRequest): Promise<CaseLookup> {
    return this.lookups.find(peerInstitution(request), body, request.id);
  }
}
