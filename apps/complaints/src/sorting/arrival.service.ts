import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { openData, type PersonalData } from '../complaint/sealing.ts';
import { ArrivalStore, type ArrivalWork, type ArrivedComplaint } from './arrival.store.ts';

export type { ArrivalWork, ArrivedComplaint };

/** A complaint with what people said, for as long as it is looked at. */
export interface OpenedArrival {
  readonly complaint: ArrivedComplaint;
  readonly said: PersonalData;
}

/** The complaints that have come in and that a room has not looked at yet. */
@Injectable()
export class ArrivalService {
  constructor(
    @Inject(ArrivalStore) private readonly store: ArrivalStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Takes some and opens them; what cannot be opened is put aside and named by its id alone. Null: nothing waits. */
  async take(
    tx: Tx,
    work: ArrivalWork,
    limit: number,
    now: Date,
  ): Promise<{ readonly opened: OpenedArrival[]; readonly failed: string[] } | null> {
    const taken = await this.store.take(tx, work, limit);
    if (taken.length === 0) return null;
    const opened: OpenedArrival[] = [];
    const failed: ArrivedComplaint[] = [];
    for (const complaint of taken) {
      const said = this.openOrNull(complaint);
      if (said) opened.push({ complaint, said });
      else failed.push(complaint);
    }
    await this.store.putAside(tx, work, failed, now);
    return { opened, failed: failed.map(({ id }) => id) };
  }

  async open(tx: Tx, complaintId: string): Promise<OpenedArrival | null> {
    const complaint = await this.store.find(tx, complaintId);
    return complaint && { complaint, said: openData(this.vault, complaint) };
  }

  private openOrNull(complaint: ArrivedComplaint): PersonalData | null {
    try {
      return openData(this.vault, complaint);
    } catch {
      return null;
    }
  }
}
