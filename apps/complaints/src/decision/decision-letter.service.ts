import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { LetterService, type Letter } from '../letter-template/letter.service.ts';
import { lettersOf } from './content.ts';
import { DecisionStore, type DecisionRecord } from './decision.store.ts';
import { moneyOf, openContent } from './decision.view.ts';

/** Decisions as letters. */
@Injectable()
export class DecisionLetterService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(DecisionStore) private readonly store: DecisionStore,
    @Inject(LetterService) private readonly letters: LetterService,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** The decision that stands; null: none does. */
  made(tx: Tx, complaintId: string): Promise<DecisionRecord | null> {
    return this.store.made(tx, complaintId);
  }

  /** What the decision gives to the variables of a letter. */
  valuesOf(record: DecisionRecord, language: Language): Record<string, string> {
    return lettersOf(record.outcome, moneyOf(record), openContent(this.vault, record), language);
  }

  /** Refuses with NO_TEMPLATE, NO_LETTERHEAD. */
  compose(tx: Tx, complaint: ComplaintRecord, record: DecisionRecord, language: Language, now: Date): Promise<Letter> {
    return this.letters.compose(tx, complaint, { kind: 'decision', language, values: this.valuesOf(record, language), now });
  }

  /** As it would be printed; across what is not decided stands that it is a draft. Refuses with NOT_FOUND, FORBIDDEN for who may not see personal data, NO_TEMPLATE, NO_LETTERHEAD. */
  async preview(
    principal: Principal,
    complaintId: string,
    version: string,
    { language, requestId }: { readonly language: Language; readonly requestId: string },
  ): Promise<Buffer> {
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.find(tx, principal, complaintId);
      const record = await this.store.find(tx, complaint.id, /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0);
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a decision here.' });
      const now = await this.reading.now(tx);
      const reading = this.reading.readingOf(principal, now);
      if (reading.masked) throw new Refusal(FORBIDDEN, { detail: 'A letter names the complainant.' });
      await this.reading.noteRead(tx, principal, reading, [complaint.id], ['decision', 'complainant.name'], requestId);
      const letter = await this.compose(tx, complaint, record, language, record.decidedAt ?? now);
      return this.letters.paper(letter, record.state === 'decided' ? null : letter.language === 'zh' ? '草稿' : 'DRAFT');
    });
  }
}
