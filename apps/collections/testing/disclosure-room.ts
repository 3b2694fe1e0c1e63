import { DisclosureService } from '../src/disclosure/disclosure.service.ts';
import { FileStore } from '../src/disclosure/file.store.ts';
import { ItemsStore } from '../src/disclosure/items.store.ts';
import { LookupService } from '../src/disclosure/lookup.service.ts';
import { LookupStore } from '../src/disclosure/lookup.store.ts';
import { BondService } from '../src/recording/bond.service.ts';
import { BondStore } from '../src/recording/bond.store.ts';
import type { Stage } from './stage.ts';

export function disclosureRoom({ source, clock, vault }: Stage): { disclosures: DisclosureService; lookups: LookupService } {
  const files = new FileStore();
  return {
    disclosures: new DisclosureService(source, clock, files, new ItemsStore(), new BondService(new BondStore()), vault),
    lookups: new LookupService(source, vault, new LookupStore(), files),
  };
}
