import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { maskName, Vault } from '#vault';
import { normalizeContactPoint } from '../contact/contact-point.ts';
import type { CaseLookup, CaseLookupRequest } from './disclosure.dto.ts';
import { FileStore } from './file.store.ts';
import { LookupStore } from './lookup.store.ts';

const MOST = 20;

/** Which cases a complainant has with us, so that nobody asks for what the bank knows. */
@Injectable()
export class LookupService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(LookupStore) private readonly store: LookupStore,
    @Inject(FileStore) private readonly files: FileStore,
  ) {}

  async find(institutionId: string, request: CaseLookupRequest, requestId: string): Promise<CaseLookup> {
    const { idNumber = null, contact = null, account = null, by, purpose } = request;
    const values = contact === null ? [] : [normalizeContactPoint('voice', contact), normalizeContactPoint('email', contact)];
    const keys = {
      idNumberIndex: idNumber === null ? null : this.vault.index(idNumber.trim(), 'debtor.idNumber'),
      valueIndexes: [...new Set(values)].map((value) => this.vault.index(value, 'contact.value')),
      account,
    };
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const found = await this.store.cases(tx, institutionId, keys, MOST);
      const ids = found.map(({ caseId }) => caseId);
      if (ids.length > 0)
        await this.files.noteRead(tx, { institutionId, by, resource: 'case', ids, fields: ['debtorName'], requestId, purpose });
      return {
        items: found.map(({ debtorNameSealed, balance, currency, ...rest }) => ({
          ...rest,
          debtorName: maskName(this.vault.open(debtorNameSealed, 'debtor.name')),
          balance: { amount: balance, currency },
        })),
      };
    });
  }
}
