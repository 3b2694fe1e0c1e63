import { Shown, Text } from '#wire';

export class TagRequest {
  @Text({
    max: 40,
    description:
      'Letters, characters, digits, spaces, `-` and `_`; never of a person: tags are not sealed and everybody at the desk sees them',
    example: '媒体关注',
  })
  tag!: string;
}

export class TagItem {
  @Shown.text()
  readonly tag!: string;

  @Shown.text({ description: 'The subject of who added it' })
  readonly addedBy!: string;

  @Shown.instant()
  readonly addedAt!: string;
}

export class TagList {
  @Shown.list(() => TagItem)
  readonly items!: readonly TagItem[];
}

export class TagUse {
  @Shown.text()
  readonly tag!: string;

  @Shown.whole({ description: 'How many complaints have it' })
  readonly count!: number;
}

export class TagUses {
  @Shown.list(() => TagUse, { description: 'The most used first; 200 at most' })
  readonly items!: readonly TagUse[];
}
