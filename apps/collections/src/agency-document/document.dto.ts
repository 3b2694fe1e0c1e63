import { OneOf, PageRequest, Shown, type Page } from '#wire';
import { DOCUMENT_KINDS, type DocumentKind } from './document-kinds.ts';

export class DocumentListRequest extends PageRequest {
  @OneOf(DOCUMENT_KINDS, { optional: true })
  kind?: DocumentKind;
}

export class AgencyDocumentView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(DOCUMENT_KINDS)
  readonly kind!: string;

  @Shown.text()
  readonly title!: string;

  @Shown.whole({ description: 'Of the same kind and title' })
  readonly version!: number;

  @Shown.flag()
  readonly isNewest!: boolean;

  @Shown.text()
  readonly fileName!: string;

  @Shown.text({ description: 'What the bytes are' })
  readonly contentType!: string;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.text({ description: 'Of the bytes, in hex' })
  readonly sha256!: string;

  @Shown.localDate({ nullable: true, description: 'Last day; null: without end' })
  readonly validUntil!: string | null;

  @Shown.text()
  readonly uploadedBy!: string;

  @Shown.instant()
  readonly uploadedAt!: string;
}

export class AgencyDocumentPage implements Page<AgencyDocumentView> {
  @Shown.list(() => AgencyDocumentView)
  readonly items!: readonly AgencyDocumentView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
