import { Shown, Text } from '#wire';

export class MessageSettingRequest {
  @Text({ max: 100, example: '演示银行', description: 'For {{bankName}} and the head of letters' })
  bankName!: string;

  @Text({ max: 200, example: '95588', description: 'For {{bankContact}}: how the bank is reached' })
  bankContact!: string;

  @Text({ max: 300, description: 'The sender’s address on letters' })
  senderAddress!: string;
}

export class MessageSettingView {
  @Shown.text({ nullable: true })
  readonly bankName!: string | null;

  @Shown.text({ nullable: true })
  readonly bankContact!: string | null;

  @Shown.text({ nullable: true })
  readonly senderAddress!: string | null;

  @Shown.text({ nullable: true, description: 'Null: nobody has set them yet' })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class VariableView {
  @Shown.text()
  readonly name!: string;

  @Shown.oneOf(['money', 'date', 'text'])
  readonly type!: string;

  @Shown.oneOf(['ledger', 'register', 'sender'], { description: 'Who fills it. Amounts are the ledger’s alone' })
  readonly source!: string;

  @Shown.whole({ description: 'Longest text' })
  readonly max!: number;
}

export class VariableList {
  @Shown.list(() => VariableView)
  readonly items!: readonly VariableView[];
}
