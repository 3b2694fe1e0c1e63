import { Inject, Injectable, type Type } from '@nestjs/common';
import type { Language } from '#contact-rules';
import { Refusal, validationPipe } from '#problem';
import { PublicationService } from '../publication/publication.service.ts';
import { DebtAnswerRequest, DebtQueryRequest, type DebtQueryPageRequest } from './debt-query.dto.ts';
import { answerPage, codePage, questionPage, type Trouble } from './debt-query-page.ts';
import { DebtQueryService } from './debt-query.service.ts';

export interface Page {
  readonly status: number;
  readonly body: string;
}

const pipe = validationPipe();
const checked = async <T>(metatype: Type<T>, fields: unknown): Promise<T> =>
  (await pipe.transform(fields, { type: 'body', metatype })) as T;

/** The page's forms: what the API does, said to people. */
@Injectable()
export class DebtQueryForm {
  constructor(
    @Inject(DebtQueryService) private readonly queries: DebtQueryService,
    @Inject(PublicationService) private readonly publications: PublicationService,
  ) {}

  async submit(fields: unknown, { institutionId }: DebtQueryPageRequest, language: Language, ip: string): Promise<Page> {
    const { id, ...rest } = typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>) : {};
    const given = institutionId === undefined ? {} : { institutionId };
    return typeof id === 'string' ? this.answer(id, { ...given, ...rest }, language) : this.ask({ ...given, ...rest }, language, ip);
  }

  private async ask(fields: Record<string, unknown>, language: Language, ip: string): Promise<Page> {
    const institutionId = textOf(fields.institutionId);
    try {
      const request = await checked(DebtQueryRequest, fields);
      const institution = this.publications.institution(request.institutionId);
      const { id } = await this.queries.ask({ ...request, institutionId: institution, language, ip }, null);
      return { status: 200, body: codePage({ institutionId, id }, language) };
    } catch (error) {
      const { status, trouble } = troubleOf(error);
      const kept = { institutionId, caseReference: textOf(fields.caseReference), phone: textOf(fields.phone), trouble };
      return { status, body: questionPage(kept, language) };
    }
  }

  private async answer(id: string, fields: Record<string, unknown>, language: Language): Promise<Page> {
    const institutionId = textOf(fields.institutionId);
    try {
      const { code, institutionId: given } = await checked(DebtAnswerRequest, fields);
      const holder = await this.queries.answer(this.publications.institution(given), id, code);
      return { status: 200, body: answerPage(holder, institutionId, language) };
    } catch (error) {
      const { status, trouble } = troubleOf(error);
      return { status, body: codePage({ institutionId, id, trouble }, language) };
    }
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What cannot be said to a person is a failure of ours, and goes on to whoever looks after those. */
function troubleOf(error: unknown): { status: number; trouble: Trouble } {
  if (!(error instanceof Refusal)) throw error;
  const { code, status } = error.kind;
  if (code === 'too-many-requests') return { status, trouble: 'too-often' };
  if (code === 'no-codes-at-night') return { status, trouble: 'at-night' };
  if (code === 'code-not-good') return { status, trouble: 'code' };
  if (status === 422) return { status, trouble: 'fields' };
  throw error;
}
