import { inEach, type Text } from './text.ts';

/** A number, a time or a list that a row sets, with its unit: what is compared when two rows are. */
export interface Limit {
  /** The same from version to version, however the words change. */
  readonly key: string;
  readonly label: Text;
  readonly value: Text;
}

/** What a row asks, in words. */
export interface Said {
  readonly says: Text;
  readonly limits: readonly Limit[];
  readonly exceptions: readonly Text[];
}

export const sayLimit = ({ label, value }: Limit): Text =>
  inEach((language) => (language === 'zh' ? `${label.zh} ${value.zh}` : `${label.en}: ${value.en}`));
