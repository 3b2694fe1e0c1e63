import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '#contact-rules';
import { Refusal } from '#problem';
import { ChannelService } from '../channels/channel.service.ts';
import { channelsPage, formPage, receiptPage } from './form-page.ts';
import { FormReader, type Came } from './form-reader.ts';
import { GateService, type Visitor } from './gate.service.ts';
import { IntakeService } from './intake.service.ts';
import { AdditionRequest, PublicComplaintRequest, PublicWithdrawalRequest, ReceiptRequest } from './public.dto.ts';
import { type Trouble } from './public-words.ts';
import { askPage, statusPage, type StatusPage } from './status-page.ts';
import { StatusService } from './status.service.ts';

export interface Page {
  readonly status: number;
  readonly body: string;
  readonly retryAfterSeconds?: number;
}

/** How the page was asked for. */
export interface PageAsked {
  readonly institutionId: string | undefined;
  readonly language: Language;
  readonly ip: string;
  readonly requestId: string;
}

export const FORM_FIELDS = Object.keys({
  name: 0,
  contact: 0,
  onBehalfOf: 0,
  subject: 0,
  narrative: 0,
  requests: 0,
  category: 0,
  caseReference: 0,
  website: 0,
} satisfies Record<keyof PublicComplaintRequest, number>);
const ACT_FIELDS = ['act', 'formKey', 'receiptNumber', 'accessCode', 'text', 'reason', 'confirmed'];
export const ADDITION_FIELDS = ['receiptNumber', 'accessCode', 'text'];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The public pages without script: what the API does, said to people. */
@Injectable()
export class PublicPages {
  constructor(
    @Inject(IntakeService) private readonly intake: IntakeService,
    @Inject(StatusService) private readonly statuses: StatusService,
    @Inject(ChannelService) private readonly channels: ChannelService,
    @Inject(FormReader) private readonly reader: FormReader,
    @Inject(GateService) private readonly gate: GateService,
  ) {}

  /** Counts a form before anything of it is read. Refuses with TOO_MANY. */
  knock(visitor: Visitor): Promise<void> {
    return this.gate.form(visitor);
  }

  /** Refuses with INVALID where it is not said whose page it is. */
  async howTo(asked: PageAsked): Promise<Page> {
    const published = await this.channels.published(asked.institutionId, asked.language);
    return { status: 200, body: channelsPage({ ...asked, below: false }, published) };
  }

  form(asked: PageAsked): Page {
    const page = { ...asked, below: false, limits: this.reader.limits, formKey: randomUUID(), typed: {}, wrong: [] };
    return { status: 200, body: formPage(page) };
  }

  ask(asked: PageAsked): Page {
    return { status: 200, body: askPage({ ...asked, below: false, receiptNumber: '', wrong: [], limits: this.reader.limits }) };
  }

  /** What the form of the page sends. */
  async submit(request: FastifyRequest, asked: PageAsked): Promise<Page> {
    const where = { ...asked, below: true };
    const visitor = this.visitorOf(asked);
    let typed: Came['fields'] = {};
    try {
      await this.intake.admit(visitor);
      const { view } = await this.reader.within(request, visitor.institutionId, [...FORM_FIELDS, 'formKey'], async ({ fields, files }) => {
        const { formKey, ...rest } = fields;
        typed = fields;
        const checked = await this.reader.check(PublicComplaintRequest, rest);
        return this.intake.submit(visitor, { request: checked, files, key: textOf(formKey) || null });
      });
      return { status: 201, body: receiptPage(where, view) };
    } catch (error) {
      const { status, trouble, wrong, retryAfterSeconds } = troubleOf(error);
      const kept = Object.fromEntries(FORM_FIELDS.filter((name) => name !== 'website').map((name) => [name, textOf(typed[name])]));
      // What was refused for its fields may be sent again changed; a key that was used up is of no more use.
      const formKey = trouble === 'changed' ? randomUUID() : textOf(typed.formKey) || randomUUID();
      const body = formPage({ ...where, limits: this.reader.limits, formKey, typed: kept, trouble, wrong });
      return { status, body, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
    }
  }

  /** What the forms of the page of one complaint send. */
  async act(request: FastifyRequest, asked: PageAsked): Promise<Page> {
    const visitor = this.visitorOf(asked);
    let fields: Came['fields'] = {};
    try {
      await this.gate.form(visitor);
      const { page } = await this.reader.within(request, visitor.institutionId, ACT_FIELDS, async (came) => {
        ({ fields } = came);
        return this.done(visitor, came, asked);
      });
      return page;
    } catch (error) {
      return this.notDone(visitor, fields, asked, troubleOf(error));
    }
  }

  private async done(
    visitor: Visitor,
    { fields, files }: Came,
    asked: PageAsked,
  ): Promise<{ readonly page: Page; readonly taken: boolean }> {
    const { act, formKey, confirmed, text, reason, ...receipt } = fields;
    const { language } = asked;
    const given = await this.reader.check(ReceiptRequest, receipt);
    if (act === 'add') {
      const request = await this.reader.check(AdditionRequest, { ...receipt, ...(text === undefined ? {} : { text }) });
      const { view, taken } = await this.statuses.add(visitor, request, { files, key: textOf(formKey) || null }, language);
      return { page: this.shown({ ...this.frameOf(asked, given), view, said: 'added' }), taken };
    }
    if (act === 'withdraw') {
      const wanted = { ...receipt, confirmed: confirmed === 'true', ...(reason === undefined ? {} : { reason }) };
      const view = await this.statuses.withdraw(visitor, await this.reader.check(PublicWithdrawalRequest, wanted), language);
      return { page: this.shown({ ...this.frameOf(asked, given), view, said: 'withdrawn' }), taken: false };
    }
    const view = await this.statuses.status(visitor, given, language);
    return { page: this.shown({ ...this.frameOf(asked, given), view }), taken: false };
  }

  /** Whoever has opened the complaint sees it again, with what went wrong; everybody else is asked again. */
  private async notDone(visitor: Visitor, fields: Came['fields'], asked: PageAsked, refused: Refused): Promise<Page> {
    const { status, trouble, wrong, retryAfterSeconds } = refused;
    const receipt = { receiptNumber: textOf(fields.receiptNumber), accessCode: textOf(fields.accessCode) };
    if (SHOWN_AGAIN.includes(trouble) && receipt.accessCode !== '') {
      const view = await this.statuses.status(visitor, receipt, asked.language);
      return { ...this.shown({ ...this.frameOf(asked, receipt), view, trouble, typed: textOf(fields.text) }), status };
    }
    const { receiptNumber } = receipt;
    const body = askPage({ ...asked, below: true, receiptNumber, trouble, wrong, limits: this.reader.limits });
    return { status, body, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  }

  private shown(page: StatusPage): Page {
    return { status: 200, body: statusPage(page) };
  }

  private frameOf(asked: PageAsked, { receiptNumber, accessCode }: ReceiptRequest): Omit<StatusPage, 'view'> {
    const { institutionId, language } = asked;
    const receipt = { receiptNumber, accessCode };
    return { institutionId, language, below: true, limits: this.reader.limits, formKey: randomUUID(), receipt, typed: '' };
  }

  private visitorOf({ institutionId, ip, requestId }: PageAsked): Visitor {
    return { institutionId: this.channels.institution(institutionId), ip, requestId };
  }
}

interface Refused {
  readonly status: number;
  readonly trouble: Trouble;
  readonly wrong: readonly string[];
  readonly retryAfterSeconds?: number | undefined;
}

/** Faults of what was to be done, not of the receipt. */
const SHOWN_AGAIN: readonly Trouble[] = ['over', 'empty', 'confirm', 'files', 'changed'];

const BY_CODE: Readonly<Record<string, Trouble>> = {
  'too-many-requests': 'too-often',
  'too-large': 'too-large',
  'unsupported-media-type': 'type',
  'receipt-unknown': 'receipt',
  'complaint-over': 'over',
  'takes-no-complaints': 'closed',
  'too-many-files': 'files',
  'idempotency-key-reused': 'changed',
};

/** What cannot be said to a person is a failure of ours, and goes on to whoever looks after those. */
function troubleOf(error: unknown): Refused {
  if (!(error instanceof Refusal)) throw error;
  const { kind, extras } = error;
  const pointers = (extras.errors ?? []).map(({ pointer }) => pointer.slice(1));
  const known = BY_CODE[kind.code];
  if (known) return { status: kind.status, trouble: known, wrong: [], retryAfterSeconds: extras.retryAfterSeconds };
  if (kind.status !== 422 && kind.status !== 400) throw error;
  if (pointers.includes('confirmed')) return { status: 422, trouble: 'confirm', wrong: [] };
  if (pointers.length === 1 && pointers[0] === 'text') return { status: 422, trouble: 'empty', wrong: ['text'] };
  if (pointers.includes('file')) return { status: 422, trouble: 'files', wrong: ['file'] };
  return { status: kind.status, trouble: 'fields', wrong: pointers };
}
