import { BANS } from '#contact-rules';
import { Shown, Text } from '#wire';

export class TextScreeningRequest {
  @Text({ max: 10_000, description: 'As it would be read; kept nowhere' })
  text!: string;

  @Text({ optional: true, description: 'The case it would be about: amounts are compared with its balance' })
  caseId?: string;
}

export class BanMatch {
  @Shown.oneOf(BANS)
  readonly ban!: string;

  @Shown.text({ description: 'The ban in the language of `Accept-Language`' })
  readonly name!: string;

  @Shown.text({ description: 'The words that break it; `…` stands for what may be a name' })
  readonly words!: string;

  @Shown.whole({ description: 'Where they begin in the text (UTF-16)' })
  readonly from!: number;

  @Shown.whole({ description: 'Where they end, exclusive' })
  readonly to!: number;

  @Shown.text({ description: 'Instrument and article', example: 'HLJ 21-22, CBA26 bans' })
  readonly source!: string;
}

export class TextScreening {
  @Shown.oneOf(['clean', 'refused'])
  readonly verdict!: 'clean' | 'refused';

  @Shown.list(() => BanMatch)
  readonly matches!: readonly BanMatch[];

  @Shown.flag({ description: 'The text names amounts, and no case was given to compare them with' })
  readonly unknownAmounts!: boolean;
}
