import type { Code, Dimension } from '../code-table/codes.ts';
import mapping from './cfpb.json' with { type: 'json' };
import type { Suggestion } from './suggest.ts';

type Words = Readonly<Record<string, string>>;

interface Issue {
  readonly product: string;
  readonly issue: string;
  readonly subIssue?: string;
  readonly cause: string;
  readonly area: string;
}

const businesses: Words = mapping.businesses;
const debts: Words = mapping.debts;
const channels: Words = mapping.channels;
const issues: readonly Issue[] = mapping.issues;

const CODES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(channels).map((name) => [name.toLowerCase().replaceAll(' ', '-'), name]),
);

/** What the Bureau's columns say, as an import has told them: one `Column: value` a line. */
function columnsOf(narrative: string): ReadonlyMap<string, string> {
  return new Map(
    narrative.split('\n').flatMap((line) => {
      const at = line.indexOf(': ');
      return at === -1 ? [] : [[line.slice(0, at), line.slice(at + 2)] as const];
    }),
  );
}

/** What the public file of the US Bureau calls a complaint, in the codes of the table; nothing for what the mapping does not know. */
export function suggestFromCfpb(narrative: string, channel: string, codes: readonly Code[]): Suggestion[] {
  const columns = columnsOf(narrative);
  const [product = '', subProduct = ''] = [columns.get('Product'), columns.get('Sub-product')];
  const [issue = '', subIssue = ''] = [columns.get('Issue'), columns.get('Sub-issue')];
  const mayGive = new Set(codes.map(({ dimension, code }) => `${dimension} ${code}`));
  const one = (dimension: Dimension, code: string | undefined, rule: string, words: readonly string[]): Suggestion[] =>
    code !== undefined && mayGive.has(`${dimension} ${code}`)
      ? [{ dimension, code, score: 10, reasons: [{ rule, weight: 10, words }], rules: [{ rule, code }] }]
      : [];
  const of = issues.filter((each) => each.product === product && each.issue === issue);
  const known = of.find((each) => each.subIssue === subIssue) ?? of.find((each) => each.subIssue === undefined);
  const said = [product, issue, ...(known?.subIssue === undefined ? [] : [subIssue])];
  const name = CODES[channel];
  return [
    ...one('channel', name && channels[name], 'cfpb-channel', [name ?? '']),
    ...one('business', (product === 'Debt collection' ? debts[subProduct] : undefined) ?? businesses[product], 'cfpb-product', [
      product,
      ...(subProduct === '' ? [] : [subProduct]),
    ]),
    ...one('cause', known?.cause, 'cfpb-issue', said),
    ...one('area', known?.area, 'cfpb-issue', said),
  ];
}
