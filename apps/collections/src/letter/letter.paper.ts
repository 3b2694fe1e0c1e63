import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { renderLetter, renderLetters, type LetterDocument } from '#render';
import { Vault } from '#vault';
import { MESSAGE_CONTEXT } from '../contact/message.ts';
import { SettingService } from '../message/setting.service.ts';
import { LetterStore, type BatchRecord, type LetterRecord } from './letter.store.ts';

export interface Printed {
  readonly bytes: Buffer;
  readonly sha256: string;
}

const localDay = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
const written = (day: string): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export const numberOf = ({ year, number }: Pick<LetterRecord, 'year' | 'number'>): string | null =>
  year === null || number === null ? null : `${year}-${String(number).padStart(6, '0')}`;

/** Puts letters on paper: from what was judged and from what the letter was given when it got its number, so that the bytes never change. */
@Injectable()
export class LetterPaper {
  constructor(
    @Inject(LetterStore) private readonly store: LetterStore,
    @Inject(SettingService) private readonly settings: SettingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Numbers and dates for those that have none: the date of the permit where the debtor lives. Refuses with INVALID without settings. */
  async number(tx: Tx, institutionId: string, letters: readonly LetterRecord[]): Promise<void> {
    const blank = letters.filter(({ number }) => number === null);
    if (blank.length === 0) return;
    const setting = await this.settings.of(tx, institutionId);
    if (setting === null) throw new Refusal(INVALID, { detail: 'Say in the messages’ settings what the bank is called and where it is.' });
    const dated = blank.map(({ id, decidedAt, timeZone }) => ({ id, datedOn: localDay(decidedAt ?? new Date(0), timeZone) }));
    await this.store.number(tx, institutionId, dated, setting);
  }

  async print(letter: LetterRecord): Promise<Printed> {
    const bytes = await renderLetter(this.documentOf(letter));
    return { bytes, sha256: hashOf(bytes) };
  }

  async printAll(batch: BatchRecord, letters: readonly LetterRecord[]): Promise<Printed> {
    const documents = letters.map((letter) => this.documentOf(letter));
    const rows = letters.map((letter, index) => [
      numberOf(letter) ?? '',
      letter.caseId,
      documents[index]?.receiver.name ?? '',
      letter.title ?? '',
    ]);
    const list = {
      title: '信函打印清单',
      about: `批次 ${batch.id}，共 ${letters.length} 封`,
      heads: ['编号', '案件', '收件人', '信函'],
      rows,
    };
    const bytes = await renderLetters(list, documents, batch.madeAt.toISOString());
    return { bytes, sha256: hashOf(bytes) };
  }

  private documentOf(letter: LetterRecord): LetterDocument {
    const { text } = JSON.parse(letter.messageSealed === null ? '{}' : this.vault.open(letter.messageSealed, MESSAGE_CONTEXT)) as {
      text?: string;
    };
    return {
      title: letter.title ?? '函',
      number: numberOf(letter) ?? '',
      date: letter.datedOn === null ? '' : written(letter.datedOn),
      madeAt: (letter.decidedAt ?? new Date(0)).toISOString(),
      sender: { name: letter.bankName ?? '', address: letter.senderAddress ?? '' },
      receiver: {
        name: this.vault.open(letter.partyNameSealed, 'party.name'),
        address: this.vault.open(letter.valueSealed, 'contact.value'),
      },
      paragraphs: (text ?? '').split('\n\n'),
      seal: letter.seal,
    };
  }
}
