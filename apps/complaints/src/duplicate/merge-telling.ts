import { Inject, Injectable } from '@nestjs/common';
import { Zone } from '#contact-rules';
import { Vault } from '#vault';
import { AfterDesk, happened, localDate, wrong, type At } from '../aftercare/aftercare.desk.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { DispatchService } from '../dispatch/dispatch.service.ts';
import type { DispatchChannel } from '../dispatch/dispatch.states.ts';
import type { ToldDto } from './duplicate.dto.ts';
import type { NewDecision } from './duplicate.store.ts';

export const PROOF = 'duplicate_decision.proof';

export interface Merged {
  readonly later: ComplaintRecord;
  /** As it is after what was decided. */
  readonly earlier: ComplaintRecord;
  readonly restarted: boolean;
}

type Told = Pick<NewDecision, 'toldForm' | 'toldAt' | 'toldProofSealed' | 'dispatch'>;

const MOBILE = /^(?:\+?86)?(1\d{10})$/;

/** Whoever complained again is told with what his complaint goes on: by a message, or as somebody says and proves. */
@Injectable()
export class MergeTelling {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(DispatchService) private readonly dispatches: DispatchService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with INVALID where no message can be sent and nobody says how he was told, or when. */
  async tell({ tx, principal, now }: At, merged: Merged, told: ToldDto | null): Promise<Told> {
    const { later, earlier } = merged;
    if (told) {
      const at = happened('/told/at', told.at, now, { at: later.receivedAt, what: 'the later complaint was received' });
      return { toldForm: told.form, toldAt: at, toldProofSealed: this.vault.seal(told.proof, PROOF), dispatch: null };
    }
    const { contact, proxy } = this.desk.personal(later);
    const way = wayOf(proxy?.contact ?? contact ?? '');
    if (way === null)
      throw wrong(
        '/told',
        'is needed: the contact is neither a mobile number nor an e-mail address; say how the complainant was told',
        'CMP20 18',
      );
    const dispatch = await this.dispatches.queue(
      tx,
      {
        institutionId: later.institutionId,
        complaintId: later.id,
        ...way,
        subject: `投诉并案告知：${later.number}`,
        body: textOf(merged),
        purpose: 'merge-notice',
        ref: earlier.id,
        by: principal.subject,
      },
      now,
    );
    return { toldForm: way.channel, toldAt: null, toldProofSealed: null, dispatch };
  }
}

function wayOf(contact: string): { readonly channel: DispatchChannel; readonly to: string } | null {
  const mobile = MOBILE.exec(contact.replace(/[\s()-]/g, ''))?.[1];
  if (mobile) return { channel: 'sms', to: `+86${mobile}` };
  return /^\S+@\S+\.\S+$/.test(contact.trim()) ? { channel: 'email', to: contact.trim() } : null;
}

function textOf({ later, earlier, restarted }: Merged): string {
  const [on, zone] = [localDate(Zone.of(later.timeZone), later.receivedAt), Zone.of(earlier.timeZone)];
  const first = `您${on}提出的投诉（编号${later.number}）与您${localDate(zone, earlier.receivedAt)}提出的投诉（编号${earlier.number}）系同一事项，已并入后者一并处理，请以编号${earlier.number}查询。`;
  const term = restarted
    ? `您补充的新事实和理由已收悉，处理期限自${on}起重新计算，至${earlier.dueOn}止。`
    : `处理期限不变，至${earlier.dueOn}止。如有新的事实和理由，请随时提出。`;
  return `${first}${term}`;
}
