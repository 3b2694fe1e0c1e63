import { ROLES } from '#auth';
import { Nested, OneOf, Shown, Text } from '#wire';
import { ComplaintFilterRequest } from '../complaint/complaint.dto.ts';

export class SavedFilterRequest {
  @Text({ max: 60, description: 'Kept sealed' })
  name!: string;

  @Nested(() => ComplaintFilterRequest)
  filter!: ComplaintFilterRequest;

  @OneOf(ROLES, {
    nullable: true,
    description: 'Whoever has this role sees it; null: I alone. A supervisor shares with any, others with a role of their own',
  })
  sharedRole?: string | null;
}

export class DefaultFilterRequest {
  @Text({ nullable: true, max: 36, description: 'A filter that I see; null: none' })
  filterId?: string | null;
}

export class SavedFilterItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.free({ description: 'The fields of `listComplaints`; `me` is whoever uses it' })
  readonly filter!: Readonly<Record<string, unknown>>;

  @Shown.text({ nullable: true })
  readonly sharedRole!: string | null;

  @Shown.text({ description: 'The subject of whose it is' })
  readonly owner!: string;

  @Shown.flag({ description: 'Whether it is mine to change' })
  readonly mine!: boolean;

  @Shown.flag({ description: 'Whether my board begins with it' })
  readonly isDefault!: boolean;

  @Shown.instant()
  readonly changedAt!: string;
}

export class SavedFilterList {
  @Shown.list(() => SavedFilterItem, { description: 'Mine, then those shared with a role of mine' })
  readonly items!: readonly SavedFilterItem[];
}
