import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { BondStore, type NewBonds } from './bond.store.ts';

/** Recordings that an open complaint keeps, whatever their term. */
@Injectable()
export class BondService {
  constructor(@Inject(BondStore) private readonly store: BondStore) {}

  /** Keeps the recordings of a debtor from an instant on until the complaint lets them go; those that are bound stay so. */
  bind(tx: Tx, bonds: NewBonds): Promise<void> {
    return this.store.bind(tx, bonds);
  }

  /** Lets the recordings of a complaint go; what else keeps them still does. */
  release(tx: Tx, institutionId: string, complaintId: string, at: Date): Promise<void> {
    return this.store.release(tx, institutionId, complaintId, at);
  }
}
