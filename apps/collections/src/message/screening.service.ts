import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { BAN_SOURCES, locateBans, nameOfBan, screenText, type Language } from '#contact-rules';
import { inTransaction } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import type { TextScreening, TextScreeningRequest } from './screening.dto.ts';
import { SettingStore } from './setting.store.ts';

/** Reads a text as the gate would, for whoever is still writing; stores nothing. */
@Injectable()
export class TextScreeningService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(SettingStore) private readonly store: SettingStore,
  ) {}

  /** Refuses with NOT_FOUND for a case that is not here. */
  async screen(principal: Principal, { text, caseId }: TextScreeningRequest, language: Language): Promise<TextScreening> {
    const balance = caseId === undefined ? null : await this.balanceOf(principal, caseId);
    const context = { byAgency: principal.agencyId !== null, balance };
    const matches = locateBans(text, context).map(({ ban, words, from, to }) => ({
      ban,
      name: nameOfBan(ban, language),
      words,
      from,
      to,
      source: BAN_SOURCES[ban],
    }));
    const { unknownAmounts } = screenText(text, context);
    return { verdict: matches.length > 0 ? 'refused' : 'clean', matches, unknownAmounts };
  }

  private async balanceOf(principal: Principal, caseId: string): Promise<string> {
    const balance = await inTransaction(this.database, principal, (tx) => this.store.balanceOf(tx, principal, caseId));
    if (balance === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
    return balance;
  }
}
