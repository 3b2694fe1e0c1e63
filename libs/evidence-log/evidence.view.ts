import { Shown, type Page } from '#wire';

export class EvidenceHeadView {
  @Shown.text({ description: 'The service whose log it is' })
  readonly log!: string;

  @Shown.text()
  readonly institution!: string;

  @Shown.whole({ description: 'How many records it covers' })
  readonly size!: number;

  @Shown.text({ description: 'Root of the Merkle tree (RFC 9162, 2.1), SHA-256 in hexadecimal' })
  readonly rootHash!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ description: 'The key that signed it, as in /v1/evidence/key' })
  readonly keyId!: string;

  @Shown.text({
    description: 'Ed25519, base64, over the canonical JSON (RFC 8785) of the other fields with `"signed":"forbear-tree-head-1"`',
  })
  readonly signature!: string;
}

export class EvidenceHeadPage implements Page<EvidenceHeadView> {
  @Shown.list(() => EvidenceHeadView)
  readonly items!: readonly EvidenceHeadView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class EvidenceProofView {
  @Shown.free({ description: 'The record; its canonical JSON (RFC 8785) with a zero byte before it is what the leaf hash is of' })
  readonly record!: Readonly<Record<string, unknown>>;

  @Shown.whole({ description: 'Its place, from 0' })
  readonly position!: number;

  @Shown.text({ description: 'Hexadecimal' })
  readonly leafHash!: string;

  @Shown.texts({ description: 'The inclusion proof (RFC 9162, 2.1.3), from the leaf up, hexadecimal' })
  readonly proof!: readonly string[];

  @Shown.nested(() => EvidenceHeadView)
  readonly head!: EvidenceHeadView;
}

export class EvidenceConsistencyView {
  @Shown.nested(() => EvidenceHeadView)
  readonly from!: EvidenceHeadView;

  @Shown.nested(() => EvidenceHeadView)
  readonly to!: EvidenceHeadView;

  @Shown.texts({ description: 'The consistency proof (RFC 9162, 2.1.4), hexadecimal' })
  readonly proof!: readonly string[];
}

export class KeyEndorsementView {
  @Shown.text({ description: 'The key that speaks for this one' })
  readonly by!: string;

  @Shown.text({ description: 'Ed25519, base64' })
  readonly signature!: string;
}

export class EvidenceKeyView {
  @Shown.text({ description: 'The first 16 hexadecimal digits of the SHA-256 of the key in DER' })
  readonly keyId!: string;

  @Shown.text({ description: 'PEM' })
  readonly publicKey!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true, description: 'Since when another signs; null: this one does. What it signed stays valid' })
  readonly retiredAt!: string | null;

  @Shown.list(() => KeyEndorsementView)
  readonly endorsements!: readonly KeyEndorsementView[];
}

export class EvidenceKeysView {
  @Shown.text()
  readonly log!: string;

  @Shown.text()
  readonly institution!: string;

  @Shown.list(() => EvidenceKeyView, { description: 'The oldest first' })
  readonly items!: readonly EvidenceKeyView[];
}

export class KeyRotationView {
  @Shown.text({ description: 'The key that signs from the next head on' })
  readonly keyId!: string;

  @Shown.text({ description: 'PEM; each of the two keys has signed the other' })
  readonly publicKey!: string;

  @Shown.text({ description: 'The key that only stays valid' })
  readonly retiredKeyId!: string;

  @Shown.instant()
  readonly rotatedAt!: string;
}

export class EvidenceRecordItem {
  @Shown.uuid({ description: 'Of the record; its proof is at /v1/evidence/records/{id}/proof' })
  readonly id!: string;

  @Shown.text()
  readonly kind!: string;

  @Shown.text({ description: 'Who did it: a person, a client, `system`' })
  readonly actor!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.whole({ nullable: true, description: 'Its place; null: not sealed yet' })
  readonly position!: number | null;
}

export class EvidenceRecordPage implements Page<EvidenceRecordItem> {
  @Shown.list(() => EvidenceRecordItem, { description: 'The newest first' })
  readonly items!: readonly EvidenceRecordItem[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}
