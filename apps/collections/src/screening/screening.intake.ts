import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#auth';
import { uncleanFields } from '#http';
import { INVALID, Refusal, UNPARSABLE, UNSUPPORTED_MEDIA, validationPipe } from '#problem';
import { CONFIG } from '#service';
import { UploadService, type StoredUpload } from '#uploads';
import type { CollectionsConfig } from '../config.ts';
import { toCaseList } from './case-list.ts';
import type { CaseFilter, Question } from './question.ts';
import { ScreeningRequest } from './screening.dto.ts';

/** What somebody asks for, checked. */
export interface Asked {
  /** Without the list, which is a file from here on. */
  readonly request: ScreeningRequest;
  readonly question: Question;
  readonly filter: CaseFilter;
  readonly list: { readonly upload: StoredUpload; readonly fileName: string } | null;
}

const pipe = validationPipe({ expectedType: ScreeningRequest });

/** How a screening is asked for: as JSON, or as a form with a file. */
@Injectable()
export class ScreeningIntake {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'uploadLimitBytes'>,
    @Inject(UploadService) private readonly uploads: UploadService,
  ) {}

  /** Refuses with INVALID, TOO_LARGE, UNSUPPORTED_MEDIA, UNPARSABLE; then nothing of a file is kept. */
  async read(principal: Principal, http: FastifyRequest): Promise<Asked> {
    return http.isMultipart() ? this.fromForm(principal, http) : this.fromJson(principal, http);
  }

  private async fromForm(principal: Principal, http: FastifyRequest): Promise<Asked> {
    const { institutionId } = principal;
    const { fields, upload, fileName } = await this.uploads.receive(http, institutionId, this.config.uploadLimitBytes, ['request']);
    const read = async (): Promise<Asked & { taken: boolean }> => {
      const request = await checked(parse(fields['request'] ?? '{}'));
      if (request.caseIds) throw refused('/request/caseIds', 'is in the file; send one or the other');
      return { ...toAsked(principal, request), list: { upload, fileName }, taken: true };
    };
    return this.uploads.handOver(institutionId, upload, read);
  }

  private async fromJson(principal: Principal, http: FastifyRequest): Promise<Asked> {
    if (!/^application\/json\s*(;|$)/i.test(http.headers['content-type'] ?? ''))
      throw new Refusal(UNSUPPORTED_MEDIA, { detail: 'Send application/json, or multipart/form-data with a list of cases in "file".' });
    const { caseIds, ...request } = await checked(http.body);
    const asked = toAsked(principal, { ...request, caseIds });
    if (!caseIds) return asked;
    const upload = await this.uploads.keep(principal.institutionId, 'cases.csv', [toCaseList(caseIds)]);
    return { ...asked, request, list: { upload, fileName: 'cases.csv' } };
  }
}

const refused = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(UNPARSABLE, { detail: 'The field "request" is not JSON.' });
  }
}

async function checked(body: unknown): Promise<ScreeningRequest> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refused('', 'must be an object');
  const errors = uncleanFields(body);
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  return (await pipe.transform(body, { type: 'body' })) as ScreeningRequest;
}

function toAsked({ subject }: Principal, request: ScreeningRequest): Asked {
  const { filter, caseIds } = request;
  if (filter && caseIds) throw refused('/caseIds', 'goes without a filter; send one or the other');
  if (caseIds?.length === 0) throw refused('/caseIds', 'must name at least one case');
  return {
    request,
    question: {
      channel: request.channel ?? 'voice',
      mode: request.mode ?? 'interactive',
      purpose: request.purpose ?? 'collect',
      at: request.at ?? null,
      collectorIds: request.collectorIds ?? [subject],
      deviceId: request.deviceId ?? null,
      templateId: request.templateId ?? null,
      pointChoice: request.pointChoice ?? 'first',
    },
    filter: {
      agencyId: filter?.agencyId ?? null,
      product: filter?.product ?? null,
      debtorId: filter?.debtorId ?? null,
      state: filter?.state ?? null,
    },
    list: null,
  };
}
