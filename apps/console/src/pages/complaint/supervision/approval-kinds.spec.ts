import { readFileSync } from 'node:fs';
import { en } from '../../../i18n/en/index.ts';
import { zh } from '../../../i18n/zh/index.ts';

interface Contract {
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly properties: { readonly kind: { readonly enum: string[] } } }>>;
  };
}

it('every kind of what is to be approved has a name, and says what follows, in both languages', () => {
  const contract = JSON.parse(readFileSync(new URL('../../../../../complaints/openapi.json', import.meta.url), 'utf8')) as Contract;
  const kinds = contract.components.schemas.ApprovalItem?.properties.kind.enum.toSorted() ?? [];
  expect(kinds.length).toBeGreaterThan(5);
  for (const { approvalKind } of [en, zh]) {
    expect(Object.keys(approvalKind.name).toSorted()).toEqual(kinds);
    expect(Object.keys(approvalKind.effect).toSorted()).toEqual(kinds);
  }
});
