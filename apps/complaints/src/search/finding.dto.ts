import { OneOf, Shown, Text, Whole, type Page } from '#wire';
import { ComplaintListItem } from '../complaint/complaint.view.ts';

export const SEARCH_STATES = ['open', 'closed'] as const;
export type SearchState = (typeof SEARCH_STATES)[number];

export const EXACT_FIELDS = ['number', 'externalRef', 'account', 'contact', 'idNumber'] as const;
export type ExactField = (typeof EXACT_FIELDS)[number];

/** In a body, not in an address: what is looked for may be a person, and addresses stand in logs. */
export class SearchRequest {
  @Text({
    max: 200,
    description:
      'Words, or two Chinese characters at least; all of it must be there, each part between spaces in one piece, “…” keeps spaces together. Also a whole number, reference, account, phone or id number',
    example: '深夜 催收',
  })
  q!: string;

  @OneOf(SEARCH_STATES, { optional: true })
  state?: SearchState;

  @Whole({ optional: true, min: 1, max: 50, description: 'How many at most; 20 when left out' })
  limit?: number;

  @Text({ optional: true, max: 400, description: '`nextCursor` of the page before' })
  cursor?: string;
}

export class MarkView {
  @Shown.whole({ description: 'Where in the text of the snippet, from 0' })
  readonly from!: number;

  @Shown.whole({ description: 'Where it is over' })
  readonly to!: number;
}

export class SnippetView {
  @Shown.text({
    description: 'Where it was found: `name`, `subject`, `narrative`, `requests`, `ledger`, or a word of another room such as `note`',
  })
  readonly part!: string;

  @Shown.text({ description: 'A piece of the text, masked as the reader’s role is shown texts' })
  readonly text!: string;

  @Shown.list(() => MarkView)
  readonly marks!: readonly MarkView[];
}

export class SearchHit {
  @Shown.nested(() => ComplaintListItem)
  readonly complaint!: ComplaintListItem;

  @Shown.oneOf(EXACT_FIELDS, { nullable: true, description: 'The whole of what was asked for is this field; null: found in texts' })
  readonly exact!: ExactField | null;

  @Shown.list(() => SnippetView)
  readonly snippets!: readonly SnippetView[];
}

export class SearchPage implements Page<SearchHit> {
  @Shown.list(() => SearchHit, { description: 'The latest registered first; what one number names before all' })
  readonly items!: readonly SearchHit[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last. A page may be short and go on' })
  readonly nextCursor!: string | null;
}

export const RUN_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export class SearchRebuildView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(RUN_STATES)
  readonly state!: (typeof RUN_STATES)[number];

  @Shown.whole({ description: 'How many complaints were indexed' })
  readonly indexed!: number;

  @Shown.text()
  readonly requestedBy!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;
}
