import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { CONFIG } from '#service';
import { ReadingService } from '../complaint/reading.service.ts';
import type { MailboxAddressList } from './mailbox.dto.ts';
import { ADDRESS_TAKEN } from './mailbox.refusals.ts';
import type { MailboxConfig } from './mailbox.settings.ts';
import { MailboxStore } from './mailbox.store.ts';

const MAILBOX = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** The addresses at which the institution takes complaints by mail; mail to any other is refused at the door. */
@Injectable()
export class MailboxAddressService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MailboxStore) private readonly store: MailboxStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(CONFIG) private readonly config: Pick<MailboxConfig, 'mailboxPort'>,
  ) {}

  list(principal: Principal): Promise<MailboxAddressList> {
    return this.within(principal, (tx) => this.view(tx, principal));
  }

  /** One that is there stays as it is. Refuses with INVALID, ADDRESS_TAKEN. */
  async add(principal: Principal, address: string): Promise<MailboxAddressList> {
    const wanted = read(address);
    return this.within(principal, async (tx) => {
      const { institutionId, subject } = principal;
      const added = await this.store.addAddress(tx, institutionId, wanted, subject, await this.reading.now(tx));
      const own =
        added || (await this.store.addresses(tx, institutionId)).some((each) => each.address === wanted && each.retiredAt === null);
      if (!own) throw new Refusal(ADDRESS_TAKEN);
      return this.view(tx, principal);
    });
  }

  /** Mail to it is refused from now on. Refuses with NOT_FOUND. */
  retire(principal: Principal, address: string): Promise<MailboxAddressList> {
    return this.within(principal, async (tx) => {
      const { institutionId, subject } = principal;
      const isDone = await this.store.retireAddress(tx, institutionId, address.trim().toLowerCase(), subject, await this.reading.now(tx));
      if (!isDone) throw new Refusal(NOT_FOUND, { detail: 'This address is not in use.' });
      return this.view(tx, principal);
    });
  }

  private within<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (principal.agencyId !== null) throw new Refusal(NOT_FOUND, { detail: 'There is nothing here for an agency.' });
    return inTransaction(this.database, principal, work);
  }

  private async view(tx: Tx, { institutionId }: Principal): Promise<MailboxAddressList> {
    const records = await this.store.addresses(tx, institutionId);
    return {
      items: records.map(({ address, addedBy, addedAt, retiredAt }) => ({
        address,
        inUse: retiredAt === null,
        addedBy,
        addedAt: zone.format(addedAt.getTime()),
        retiredAt: retiredAt && zone.format(retiredAt.getTime()),
      })),
      listening: this.config.mailboxPort > 0,
    };
  }
}

/** Refuses with INVALID. */
function read(address: string): string {
  const wanted = address.trim().toLowerCase();
  if (wanted.length > 254 || !MAILBOX.test(wanted))
    throw new Refusal(INVALID, {
      errors: [{ pointer: '/address', detail: 'must be the address of a mailbox, such as complaints@bank.example' }],
    });
  return wanted;
}
