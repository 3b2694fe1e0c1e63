import type { Language } from '#contact-rules';
import { OneOf, Shown, Text } from '#wire';

const LANGUAGES = ['zh', 'en'] as const;

export class DebtQueryPageRequest {
  @Text({ optional: true, description: 'Whose debtors are asked; that of the installation when left out' })
  institutionId?: string;

  @OneOf(LANGUAGES, { optional: true, description: 'Of the page; by `Accept-Language` when left out' })
  lang?: Language;
}

export class DebtQueryRequest {
  @Text({ optional: true, description: 'The institution; that of the installation when left out' })
  institutionId?: string;

  @Text({ description: 'The reference of the case, as in a letter or a text message about it' })
  caseReference!: string;

  @Text({ max: 40, description: 'A telephone number that the bank has of you' })
  phone!: string;

  @OneOf(LANGUAGES, { optional: true, description: 'Of the text message; by `Accept-Language` when left out' })
  lang?: Language;
}

export class DebtQueryAsked {
  @Shown.uuid({ description: 'The same whether there is such a case or not' })
  readonly id!: string;

  @Shown.instant({ description: 'Until when the code can be given' })
  readonly expiresAt!: string;
}

export class DebtAnswerRequest {
  @Text({ optional: true, description: 'The institution; that of the installation when left out' })
  institutionId?: string;

  @Text({ max: 12, description: 'The six digits of the text message' })
  code!: string;
}

export class HolderAgency {
  @Shown.text()
  readonly name!: string;

  @Shown.text({ nullable: true })
  readonly phone!: string | null;

  @Shown.text({ nullable: true })
  readonly address!: string | null;

  @Shown.instant({ nullable: true, description: 'When it was given the debt; null: it is not recorded' })
  readonly since!: string | null;

  @Shown.flag({ description: 'Whether it is on the published list now' })
  readonly published!: boolean;
}

export class ComplaintWays {
  @Shown.text({ nullable: true, description: 'The bank’s own telephone for complaints' })
  readonly bankPhone!: string | null;

  @Shown.text({ description: 'The regulator’s hotline for consumers of banks and insurers' })
  readonly regulatorPhone!: string;
}

export class DebtHolder {
  @Shown.oneOf(['bank', 'agency'], { description: 'Who holds the debt now' })
  readonly holder!: 'bank' | 'agency';

  @Shown.nested(() => HolderAgency, { nullable: true, description: 'Null: the bank itself' })
  readonly agency!: HolderAgency | null;

  @Shown.nested(() => ComplaintWays)
  readonly complain!: ComplaintWays;
}
