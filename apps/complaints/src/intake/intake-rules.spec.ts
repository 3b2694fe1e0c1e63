import type { Representative } from './complainant-kinds.ts';
import { cannotOf, intakeErrors, kindOf, proofOf, type Stated } from './intake-rules.ts';

const received = new Date('2026-11-21T15:00:00+08:00');
const self: Stated = {
  kind: null,
  name: '张三',
  idNumber: null,
  contact: '+8613800000001',
  hasProxy: false,
  groupSize: 1,
  representatives: [],
  forwarded: null,
};
const forwarded = { regulator: '12378', reference: 'HLJ-2026-1', forwardedOn: '2026-11-21' };
const people = (count: number, relationship: string | null = null): Representative[] =>
  Array.from({ length: count }, (_, n) => ({ name: `代表${n}`, idNumber: null, contact: null, relationship }));
const wrong = (more: Partial<Stated>): string[] =>
  intakeErrors({ ...self, ...more }, received, 'Asia/Shanghai').map(({ pointer, source }) => [pointer, source].filter(Boolean).join(' '));

it.each<[string, Partial<Stated>, string[]]>([
  ['the person', {}, []],
  ['no name', { name: null }, ['/complainant/name CMP20 13']],
  ['no way to answer', { contact: null }, ['/complainant/contact CMP20 13']],
  ['nobody who says who he is', { kind: 'anonymous', name: null, contact: null }, []],
  ['anonymous with a way to answer', { kind: 'anonymous', name: null }, []],
  ['anonymous with a name', { kind: 'anonymous' }, ['/complainant/name']],
  ['anonymous with a proxy', { kind: 'anonymous', name: null, hasProxy: true }, ['/complainant/proxy CMP20 14']],
  ['several without a name', { kind: 'anonymous', name: null, groupSize: 3 }, ['/groupSize CMP20 12']],
  ['a proxy who is not named', { kind: 'proxy' }, ['/complainant/proxy CMP20 14']],
  ['an heir', { kind: 'heirs', representatives: people(1, '女儿') }, []],
  ['an heir of whom nobody knows how', { kind: 'heirs', representatives: people(1) }, ['/representatives/0/relationship CMP20 14']],
  ['heirs who are not named', { kind: 'heirs' }, ['/representatives CMP20 14']],
  ['a group of seven with five', { groupSize: 7, representatives: people(5) }, []],
  ['a group of seven with six', { groupSize: 7, representatives: people(6) }, ['/representatives CMP20 12']],
  ['a group of one', { kind: 'group' }, ['/groupSize CMP20 12']],
  ['three who speak for two', { groupSize: 2, representatives: people(3) }, ['/representatives CMP20 12']],
  ['somebody who speaks for one', { representatives: people(1) }, ['/representatives']],
  ['a regulator', { forwarded }, []],
  ['sent on tomorrow', { forwarded: { ...forwarded, forwardedOn: '2026-11-22' } }, ['/forwarded/forwardedOn CMP20 33']],
])('%s', (_, more, want) => expect(wrong(more)).toEqual(want));

it('knows whose it is where nobody says so', () => {
  const kinds = [{}, { groupSize: 3 }, { hasProxy: true }, { hasProxy: true, groupSize: 3 }, { kind: 'group' as const, hasProxy: true }];
  expect(kinds.map((more) => kindOf({ ...self, ...more }))).toEqual(['self', 'group', 'proxy', 'proxy', 'group']);
});

it('says what cannot be done, and which paper is to be shown', () => {
  expect(cannotOf('anonymous', false)).toEqual(['tell', 'call-back', 'review', 'account-data']);
  expect(cannotOf('anonymous', true)).toEqual(['review', 'account-data']);
  expect(cannotOf('self', false)).toEqual([]);
  expect([proofOf('proxy'), proofOf('heirs'), proofOf('group')]).toEqual(['authority', 'heirship', null]);
});
