import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import { MAIL_PORT, SendError, type MailPort } from '#sending';
import { Vault } from '#vault';
import type { TakenDelivery } from './delivery.store.ts';
import { mailParcel, type MailAddress } from './mail.ts';
import type { Parcel } from './parcel.ts';
import { putParcel, type SftpAddress } from './sftp.ts';
import { ADDRESS_CONTEXT } from './target.store.ts';
import { postParcel, type WebhookAddress } from './webhook.ts';

/** Knows the ways. */
@Injectable()
export class Carrier {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(MAIL_PORT) private readonly mail: MailPort,
  ) {}

  /** Returns what the other side calls it. Throws SendError. */
  async carry({ channel, addressSealed }: TakenDelivery, parcel: Parcel): Promise<string | null> {
    const address: unknown = addressSealed && JSON.parse(this.vault.open(addressSealed, ADDRESS_CONTEXT));
    switch (channel) {
      case 'email':
        return mailParcel(this.mail, address as MailAddress, parcel);
      case 'sftp':
        return putParcel(address as SftpAddress, parcel);
      case 'webhook':
        return postParcel(address as WebhookAddress, parcel, this.clock.override ?? new Date());
      case 'portal':
        throw new SendError('nothing-to-carry', { again: false, mayHaveArrived: true });
    }
  }
}
