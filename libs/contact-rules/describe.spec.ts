import { describeRule, sayCitation } from './describe.ts';
import type { PackRow } from './pack.ts';
import { PACKS } from './packs.ts';
import { articleOf, instrumentOf } from './words/instruments.ts';
import { KNOWN_SOURCES, KNOWN_STATUSES } from './words/parties.ts';
import { sayLimit } from './words/said.ts';
import { AUDIENCES, LANGUAGES } from './words/text.ts';
import { titleOf } from './words/titles.ts';
import { adviceOf } from './words/advice.ts';

const rows = PACKS.flatMap(({ pack, version, rules }) => rules.map((row) => ({ name: `${pack} ${version} ${row.ruleId}`, row })));

/** Whatever numbers, times and dates the params hold, as they must be read in the text. */
function numbersIn(value: unknown, key = ''): string[] {
  // Said as so many times 24 hours.
  if (key === 'rollingMinutes' && typeof value === 'number' && value % 1440 === 0) return [String(value / 1440), '24'];
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return /\d/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => numbersIn(inner, name));
}

const textOf = (row: PackRow, audience: 'staff' | 'debtor', language: 'zh' | 'en'): string => {
  const { title, says, limits, exceptions } = describeRule(row, audience);
  return [title, says, ...(audience === 'staff' ? limits.map(sayLimit) : []), ...exceptions].map((part) => part[language]).join('\n');
};

describe.each(rows)('$name', ({ row }) => {
  it('has a name, and its instruments have full names', () => {
    expect(row.title ?? titleOf(row.ruleId)).not.toBeNull();
    for (const { source, article } of [row, ...(row.also ?? [])]) {
      expect([source, instrumentOf(source)]).not.toEqual([source, null]);
      expect(articleOf(source, article)).toEqual(article === '' ? null : expect.anything());
    }
  });

  it.each(AUDIENCES.flatMap((audience) => LANGUAGES.map((language) => ({ audience, language }))))(
    'is told in $language to $audience, with every number',
    ({ audience, language }) => {
      const { says, severity, exceptions, citations } = describeRule(row, audience);
      const text = textOf(row, audience, language);
      expect(text).not.toMatch(/undefined|null|NaN|\[object|\s-\s?天|  |，，|。。/);
      expect(says[language]).toMatch(language === 'zh' ? /^\S.*。$/ : /^[A-Z].*\.$/);
      if (language === 'en') expect(text).not.toMatch(/[\u4e00-\u9fff，。；（）]/);
      expect(severity[language]).toMatch(/\S/);
      expect(citations.map((citation) => sayCitation(citation)[language]).join('')).toMatch(/\S/);
      for (const exception of exceptions) expect(exception[language]).not.toMatch(/[。.]$/);
      for (const number of numbersIn(row.params)) expect(text).toContain(number);
    },
  );

  it('speaks to the debtor without internal names', () => {
    const internal = [row.ruleId, row.kind, row.source].filter((name) => /-|[A-Z]/.test(name));
    for (const language of LANGUAGES) for (const name of internal) expect(textOf(row, 'debtor', language)).not.toContain(name);
    expect(describeRule(row, 'debtor').says.zh).toMatch(/您|持卡人|银行|催收/);
  });
});

const counter = PACKS[0]?.rules.find(({ ruleId }) => ruleId === 'attempts-per-point');

it('says a cap as a compliance officer does', () => {
  if (counter?.kind !== 'counter') throw new Error('there is no such row');
  expect(describeRule(counter).limits.map((limit) => sayLimit(limit))).toEqual([
    { zh: '同一号码每日未接通上限 6 次', en: 'Cap on unanswered calls to one number per day: 6' },
  ]);
  const none = describeRule({ ...counter, params: { ...counter.params, cap: 0 } });
  expect(none.says.zh).toMatch(/^不得对同一号码.*0 次/);
  expect(none.says.en).toMatch(/^No unanswered calls to one number/);
});

it('calls an own rule as the institution calls it, else by its kind', () => {
  if (!counter) throw new Error('there is no such row');
  expect(describeRule({ ...counter, ruleId: 'own-calls', title: { zh: '总行要求', en: 'Head office' } }).title.zh).toBe('总行要求');
  expect(describeRule({ ...counter, ruleId: 'own-calls' }).title).toEqual({ zh: '联系次数上限', en: 'Cap on contacts' });
});

it('tells days without contact, with regions by name', () => {
  const row: PackRow = {
    ruleId: 'own-spring',
    kind: 'calendar',
    params: {
      dates: [
        { from: '2027-02-05', to: '2027-02-05' },
        { from: '2027-06-07', to: '2027-06-09' },
      ],
      channels: ['voice', 'visit'],
      regions: ['230000', '230100'],
    },
    severity: 'block',
    source: 'institution',
    article: '',
    grade: 'C',
    effectiveFrom: '2027-01-01',
  };
  const { says } = describeRule(row);
  expect(says.zh).toBe(
    '2027-02-05和2027-06-07 至 2027-06-09（债务人当地日期，含首尾两日），不得以电话或上门联系居住在黑龙江省（230000）和黑龙江省内代码为 230100 的地区的债务人。',
  );
  expect(says.en).toContain('who lives in Heilongjiang (230000) and region 230100 in Heilongjiang');
});

it('knows every source and status that the packs use', () => {
  for (const { row } of rows) {
    if (row.kind !== 'contact-point') continue;
    expect(KNOWN_SOURCES).toEqual(expect.arrayContaining([...row.params.sources]));
    expect(KNOWN_STATUSES).toEqual(expect.arrayContaining([...row.params.refusedStatuses]));
  }
});

it.each(PACKS.map(({ pack }) => pack))('tells debtors under %s what they can do', (pack) => {
  const advice = adviceOf(pack);
  expect(advice.length).toBeGreaterThan(1);
  for (const { title, says } of advice) {
    expect(`${title.zh}${says.zh}`).toMatch(/。$/);
    expect(says.en).toMatch(/^[A-Z].*\.$/);
  }
});
