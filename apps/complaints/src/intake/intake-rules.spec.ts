import { complaintRequest } from '../../testing/requests.ts';
import type { ComplaintRequest } from '../complaint/complaint.dto.ts';
import { cannotOf, intakeErrors, kindOf, missingOf } from './intake-rules.ts';

const received = new Date('2026-11-21T15:00:00+08:00');
const forwarded = { regulator: 'nfra', reference: 'HLJ-2026-1', forwardedOn: '2026-11-21' };
const people = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `代表${n}` }));
const wrong = (more: Partial<ComplaintRequest>): string[] =>
  intakeErrors(complaintRequest(more), received, 'Asia/Shanghai').map(({ pointer, source }) => [pointer, source].filter(Boolean).join(' '));

it.each<[string, Partial<ComplaintRequest>, string[]]>([
  ['the person', {}, []],
  ['no name', { complainant: { contact: '+8613800000001' } }, ['/complainant/name']],
  ['no way to answer', { complainant: { name: '张三' } }, ['/complainant/contact']],
  ['nobody who says who they are', { complainantKind: 'anonymous', complainant: {} }, []],
  ['anonymous with a name', { complainantKind: 'anonymous', complainant: { name: '张三' } }, ['/complainant/name']],
  ['a proxy who is not named', { complainantKind: 'proxy' }, ['/complainant/proxy CMP20 14']],
  ['an heir', { complainantKind: 'heir', representative: { name: '张小', relationship: '女儿' } }, []],
  ['an heir of whom nobody knows how', { complainantKind: 'heir', representative: { name: '张小' } }, ['/representative/relationship CMP20 14']],
  ['a guardian who is not named', { complainantKind: 'legal-representative' }, ['/representative CMP20 14']],
  ['a group of seven with five', { groupSize: 7, representatives: people(5) }, []],
  ['a group of seven with six', { groupSize: 7, representatives: people(6) }, ['/representatives CMP20 12']],
  ['a group of one', { complainantKind: 'group' }, ['/groupSize']],
  ['three who speak for two', { groupSize: 2, representatives: people(3) }, ['/representatives CMP20 12']],
  ['a regulator without a reference', { channel: 'regulator-12378' }, ['/forwarded CMP20 33']],
  ['a regulator', { channel: 'regulator-pboc', forwarded }, []],
  ['sent on tomorrow', { channel: 'regulator-pboc', forwarded: { ...forwarded, forwardedOn: '2026-11-22' } }, ['/forwarded/forwardedOn']],
  ['sent on by telephone', { forwarded }, ['/forwarded']],
])('%s', (_, more, want) => expect(wrong(more)).toEqual(want));

it('says whose it is where the request does not', () => {
  const kinds = [{}, { groupSize: 3 }, { complainant: { name: '张三', contact: 'x', proxy: { name: '李四' } } }];
  expect(kinds.map((more) => kindOf(complaintRequest(more)))).toEqual(['person', 'group', 'proxy']);
});

it('says what cannot be done, and what is still to be brought', () => {
  expect(cannotOf('anonymous', null)).toContain('telling');
  expect(cannotOf('anonymous', '+8613800000001')).not.toContain('telling');
  expect(cannotOf('person', null)).toEqual([]);
  expect([missingOf('proxy', false), missingOf('proxy', true), missingOf('heir', false)]).toEqual([
    ['letter-of-authority'],
    [],
    ['proof-of-inheritance'],
  ]);
});
