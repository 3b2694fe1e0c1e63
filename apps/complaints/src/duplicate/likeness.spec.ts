import fc from 'fast-check';
import { contactForms, DEFAULT_LIKENESS, likenessOf, similarity, type Compared } from './likeness.ts';

const first: Compared = {
  name: '张三',
  idNumber: '230100199001011234',
  contact: '+8613800000001',
  account: 'C7',
  subject: '深夜催收电话',
  narrative: '催收人员在晚上十一点给本人打电话。',
  category: 'collection',
  agencyId: 'A1',
  receivedAt: new Date('2026-11-01T09:00:00+08:00'),
};
const like = (more: Partial<Compared>) => likenessOf({ ...first, ...more }, first, DEFAULT_LIKENESS);

it.each<[string, Partial<Compared>, boolean, boolean]>([
  ['the same again', {}, true, true],
  ['in other words on the same account', { subject: '态度恶劣', narrative: '骂人' }, true, true],
  ['from another number', { contact: '+8613900000002' }, true, true],
  ['written without the country', { idNumber: null, contact: '138 0000 0001' }, true, true],
  ['without any account', { account: null }, true, true],
  ['on another account', { account: 'C8' }, true, false],
  ['about something else without an account', { account: null, subject: '年费', narrative: '扣了年费' }, true, false],
  ['half a year later', { receivedAt: new Date('2027-05-01T09:00:00+08:00') }, true, false],
  ['another person, the same account', { name: '李四', idNumber: null, contact: '+8613900000002' }, false, false],
  ['by name and account alone', { idNumber: null, contact: null }, true, true],
  ['by name alone', { idNumber: null, contact: null, account: null }, false, false],
])('%s', (_, more, isSamePerson, isLikely) => expect(like(more)).toMatchObject({ isSamePerson, isLikely }));

it('says why, in one order', () => {
  expect(like({ category: null, agencyId: null }).reasons).toEqual([
    'same-id-number',
    'same-contact',
    'same-name-and-account',
    'same-account',
    'same-subject',
  ]);
});

it('takes nothing for the same that is nothing', () => {
  const nothing: Compared = {
    name: null,
    idNumber: null,
    contact: null,
    account: null,
    subject: null,
    narrative: null,
    category: null,
    agencyId: null,
    receivedAt: first.receivedAt,
  };
  expect(likenessOf(nothing, nothing, DEFAULT_LIKENESS).reasons).toEqual([]);
  expect(similarity('', '')).toBe(0);
  expect(similarity('。', '！')).toBe(0);
});

it('knows the ways in which a contact is written', () => {
  expect(contactForms('138-0000-0001')).toContain('+8613800000001');
  expect(contactForms('+8613800000001')).toContain('13800000001');
  expect(contactForms(' A@Bank.example ')).toContain('a@bank.example');
});

it('is the same in both directions, and whole for the same text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(similarity(one, other)).toBe(similarity(other, one));
      expect(similarity(one, other)).toBeGreaterThanOrEqual(0);
      expect(similarity(one, other)).toBeLessThanOrEqual(100);
      expect([0, 100]).toContain(similarity(one, one));
    }),
  );
});
