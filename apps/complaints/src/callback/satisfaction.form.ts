import { Inject, Injectable } from '@nestjs/common';
import { Refusal, validationPipe } from '#problem';
import { SatisfactionAnswerRequest } from './callback.dto.ts';
import { questionPage, thanksPage, troublePage } from './satisfaction-page.ts';
import type { Trouble } from './satisfaction-words.ts';
import { SatisfactionService, type Knock } from './satisfaction.service.ts';

export interface Page {
  readonly status: number;
  readonly body: string;
}

const pipe = validationPipe();

/** The page's form: what the API does, said to people. */
@Injectable()
export class SatisfactionForm {
  constructor(@Inject(SatisfactionService) private readonly satisfaction: SatisfactionService) {}

  async show(knock: Knock): Promise<Page> {
    try {
      return { status: 200, body: questionPage({ token: knock.token, question: await this.satisfaction.question(knock) }, knock.language) };
    } catch (error) {
      return this.trouble(error, knock);
    }
  }

  async submit(knock: Knock, fields: unknown): Promise<Page> {
    const given = typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>) : {};
    try {
      if (given.refuse === 'true') await this.satisfaction.refuse(knock);
      else {
        // A form sends empty texts for what nobody wrote.
        const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
        const request = (await pipe.transform(filled, { type: 'body', metatype: SatisfactionAnswerRequest })) as SatisfactionAnswerRequest;
        await this.satisfaction.answer(knock, request);
      }
      return { status: 200, body: thanksPage(knock.language) };
    } catch (error) {
      return this.trouble(error, knock);
    }
  }

  private async trouble(error: unknown, knock: Knock): Promise<Page> {
    const { status, trouble } = troubleOf(error);
    if (trouble !== 'fields') return { status, body: troublePage(trouble, knock.language) };
    const question = await this.satisfaction.question(knock);
    return { status, body: questionPage({ token: knock.token, question, trouble }, knock.language) };
  }
}

/** What cannot be said to a person is a failure of ours, and goes on to whoever looks after those. */
function troubleOf(error: unknown): { readonly status: number; readonly trouble: Trouble } {
  if (!(error instanceof Refusal)) throw error;
  const { code, status } = error.kind;
  if (code === 'too-many-requests') return { status, trouble: 'too-often' };
  if (code === 'link-over') return { status, trouble: 'over' };
  if (status === 404) return { status, trouble: 'unknown' };
  if (status === 422) return { status, trouble: 'fields' };
  throw error;
}
