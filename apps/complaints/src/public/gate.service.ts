import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { networkOf } from '#http';
import { inTransaction, type Tx } from '#pg';
import { Refusal, TOO_MANY } from '#problem';
import { Vault } from '#vault';
import { COMPLAINANT } from '../addition/addition.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { isRightCode } from './access-code.ts';
import { CODES_OF_ADDRESS, CODES_OF_ADDRESS_AND_NUMBER, CODES_OF_NUMBER, FORMS_OF_ADDRESS, waitMs } from './limits.ts';
import { RECEIPT_UNKNOWN } from './public.refusals.ts';
import { PublicStore } from './public.store.ts';

/** Who asks, and where. */
export interface Visitor {
  readonly institutionId: string;
  readonly ip: string;
  readonly requestId: string;
}

export interface Receipt {
  readonly receiptNumber: string;
  readonly accessCode: string;
}

export interface Opened {
  readonly principal: Principal;
  readonly record: ComplaintRecord;
  readonly now: Date;
}

/** A complainant acts for themselves, without any role. */
export const complainantOf = (institutionId: string): Principal => ({
  subject: COMPLAINANT,
  clientId: null,
  institutionId,
  agencyId: null,
  roles: [],
});

/** Whoever is too quick waits. */
export const tooOften = (waits: readonly number[]): void => {
  const wait = Math.max(0, ...waits);
  if (wait > 0) throw new Refusal(TOO_MANY, { detail: 'It was tried too often.', retryAfterSeconds: Math.ceil(wait / 1000) });
};

/** The door of the public page: who comes too often waits, and only the code opens a complaint. */
@Injectable()
export class GateService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(PublicStore) private readonly store: PublicStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  addressOf(ip: string): Buffer {
    return this.vault.index(networkOf(ip), 'public.address');
  }

  /** Counts a form before anything of it is read. Refuses with TOO_MANY. */
  async form({ institutionId, ip }: Visitor): Promise<void> {
    const address = this.addressOf(ip);
    await inTransaction(this.database, { institutionId }, async (tx) => {
      await this.store.lock(tx, [`form ${institutionId} ${address.toString('hex')}`]);
      const at = await this.reading.now(tx);
      const since = new Date(at.getTime() - FORMS_OF_ADDRESS.windowMs);
      tooOften([waitMs(await this.store.forms(tx, institutionId, address, since), FORMS_OF_ADDRESS, at)]);
      await this.store.knock(tx, { institutionId, kind: 'form', address, number: null, at });
    });
  }

  /**
   * Opens a complaint by its receipt number and code, locked or to be read. A number that is nobody's, one of another institution and a wrong code are
   * the same. Refuses with RECEIPT_UNKNOWN, TOO_MANY.
   */
  async open<T>(visitor: Visitor, receipt: Receipt, how: 'read' | 'lock', work: (tx: Tx, opened: Opened) => Promise<T>): Promise<T> {
    const { institutionId } = visitor;
    const number = receipt.receiptNumber.normalize('NFKC').trim().toUpperCase();
    const knock = await this.countTry(visitor, number);
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const found = await this.store.findReceipt(tx, institutionId, number);
      const isRight = isRightCode(this.vault, found?.complaintId ?? null, receipt.accessCode, found?.codeHash ?? null);
      if (!isRight || found === null)
        throw new Refusal(RECEIPT_UNKNOWN, { detail: 'Check both as they stand on the receipt; tries are limited.' });
      await this.store.wasGood(tx, knock);
      const principal = complainantOf(institutionId);
      const record =
        how === 'lock'
          ? await this.reading.lockAsParty(tx, principal, found.complaintId)
          : await this.reading.find(tx, principal, found.complaintId);
      return work(tx, { principal, record, now: await this.reading.now(tx) });
    });
  }

  /** Counted as wrong before it is looked at, so that of many at once none is for free. */
  private async countTry({ institutionId, ip }: Visitor, number: string): Promise<string> {
    const [address, index] = [this.addressOf(ip), this.vault.index(number, 'public.number')];
    return inTransaction(this.database, { institutionId }, async (tx) => {
      await this.store.lock(tx, [`code ${institutionId} ${address.toString('hex')}`, `code ${institutionId} ${index.toString('hex')}`]);
      const at = await this.reading.now(tx);
      const { ofAddress, ofBoth, ofNumber } = await this.store.wrongCodes(tx, institutionId, address, index, at);
      tooOften([
        waitMs(ofAddress, CODES_OF_ADDRESS, at),
        waitMs(ofBoth, CODES_OF_ADDRESS_AND_NUMBER, at),
        waitMs(ofNumber, CODES_OF_NUMBER, at),
      ]);
      return this.store.knock(tx, { institutionId, kind: 'code', address, number: index, at });
    });
  }
}
