import { Inject, Injectable } from '@nestjs/common';
import { Zone, type Language } from '#contact-rules';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { renderLetter } from '#render';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { openName, openSubject } from '../complaint/sealing.ts';
import { fill, VARIABLES, variablesIn, type LetterBlock, type LetterKind } from './letter-kinds.ts';
import { NO_LETTERHEAD, NO_TEMPLATE } from './template.refusals.ts';
import { TemplateStore, type NoticeSetting } from './template.store.ts';
import { UNREACHABLE } from './template.view.ts';

export type { LetterKind };

/** How often somebody is looked for before the telling may be waived. */
export type Minimum = Pick<NoticeSetting, 'unreachableTries' | 'unreachableDays' | 'unreachableForms'>;

/** A letter that is filled in. */
export interface Letter {
  readonly kind: LetterKind;
  readonly templateVersion: number;
  readonly language: Language;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** The short form; null: the template has none. */
  readonly sms: string | null;
  /** Variables that nobody has filled. */
  readonly missing: readonly string[];
  readonly bank: NoticeSetting;
  readonly receiver: string;
  readonly number: string;
  readonly date: string;
  readonly madeAt: string;
}

export interface LetterAsked {
  readonly kind: LetterKind;
  readonly language: Language;
  /** What the decision says, and what the writer gives. */
  readonly values: Readonly<Record<string, string>>;
  readonly now: Date;
}

const written = (day: string, language: Language): string =>
  language === 'en' ? day : `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
const DATES: ReadonlySet<string> = new Set(VARIABLES.filter(({ type }) => type === 'date').map(({ name }) => name));

/** Makes letters of the template that is in use, from the register and the clock of the complaint. */
@Injectable()
export class LetterService {
  constructor(
    @Inject(TemplateStore) private readonly store: TemplateStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async minimum(tx: Tx, institutionId: string): Promise<Minimum> {
    const setting = await this.store.setting(tx, institutionId);
    if (setting === null) return UNREACHABLE;
    const { unreachableTries, unreachableDays, unreachableForms } = setting;
    return { unreachableTries, unreachableDays, unreachableForms };
  }

  /** Refuses with NO_TEMPLATE, NO_LETTERHEAD. */
  async compose(tx: Tx, record: ComplaintRecord, { kind, language, values, now }: LetterAsked): Promise<Letter> {
    const [template, bank] = [await this.store.inUse(tx, record.institutionId, kind), await this.store.setting(tx, record.institutionId)];
    if (template === null)
      throw new Refusal(NO_TEMPLATE, { detail: `No template for ${kind} is approved; make one and have it approved.` });
    if (bank === null) throw new Refusal(NO_LETTERHEAD, { detail: 'Set name, address and contact of the bank in the notice settings.' });
    const isEnglish = language === 'en' && template.blocksEn !== null;
    const blocks: readonly LetterBlock[] = isEnglish && template.blocksEn !== null ? template.blocksEn : template.blocksZh;
    const title = (isEnglish ? template.titleEn : null) ?? template.titleZh;
    const sms = isEnglish ? template.smsEn : template.smsZh;
    const said: Language = isEnglish ? 'en' : 'zh';
    const all = { ...this.known(record, bank, now, said), ...datesOf(values, said) };
    const whole = [title, ...blocks.map(({ text }) => text)].join('\n');
    const date = Zone.of(record.timeZone).format(now.getTime());
    return {
      kind,
      templateVersion: template.version,
      language: said,
      title: fill(title, all),
      paragraphs: blocks.map(({ text }) => fill(text, all)),
      sms: sms === null ? null : fill(sms, all),
      missing: variablesIn(`${whole}\n${sms ?? ''}`).filter((name) => !Object.hasOwn(all, name)),
      bank,
      receiver: openName(this.vault, record),
      number: record.number,
      date: written(date.slice(0, 10), said),
      madeAt: date,
    };
  }

  /** On paper; with `draft` across the page it is no letter yet. */
  paper(letter: Letter, draft: string | null): Promise<Buffer> {
    const { bank, receiver, title, number, date, madeAt, paragraphs } = letter;
    return renderLetter({
      title,
      number,
      date,
      madeAt,
      sender: { name: bank.bankName, address: bank.bankAddress },
      receiver: { name: receiver, address: '' },
      paragraphs,
      seal: null,
      ...(draft === null ? {} : { draft }),
    });
  }

  private known(record: ComplaintRecord, bank: NoticeSetting, now: Date, language: Language): Record<string, string> {
    const zone = Zone.of(record.timeZone);
    const day = (at: Date): string => written(zone.format(at.getTime()).slice(0, 10), language);
    return {
      complainantName: openName(this.vault, record),
      complaintNumber: record.number,
      subject: openSubject(this.vault, record),
      receivedOn: day(record.receivedAt),
      dueOn: written(record.dueOn, language),
      today: day(now),
      bankName: bank.bankName,
      bankAddress: bank.bankAddress,
      bankContact: bank.bankContact,
    };
  }
}

const datesOf = (values: Readonly<Record<string, string>>, language: Language): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, DATES.has(name) ? written(value, language) : value]));
