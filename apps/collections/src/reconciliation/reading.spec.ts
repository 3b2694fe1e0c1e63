import { CallReader, readCallInstant, type Reading } from './reading.ts';

const shanghai = 'Asia/Shanghai';
const reading: Reading = {
  timeZone: 'Asia/Shanghai',
  agencyId: 'A01',
  toleranceSeconds: 60,
  columns: { calledNumber: '被叫', startedAt: '开始', durationSeconds: '时长', result: '结果' },
  results: { 接通: 'answered', 'no answer': 'no-answer' },
};
const newReader = (more: Partial<Reading> = {}): CallReader =>
  new CallReader({ ...reading, ...more }, (number) => number.replaceAll(' ', ''));

it.each([
  ['2026-11-21T09:30:00+08:00', '2026-11-21T01:30:00.000Z'],
  ['2026-11-21 09:30:00', '2026-11-21T01:30:00.000Z'],
  ['2026/11/21 09:30:00.250', '2026-11-21T01:30:00.000Z'],
  ['20261121093000', '2026-11-21T01:30:00.000Z'],
  ['1795224600', '2026-11-21T01:30:00.000Z'],
  ['1795224600123', '2026-11-21T01:30:00.123Z'],
])('%s is an instant', (text, want) => expect(new Date(readCallInstant(text, shanghai) ?? 0).toISOString()).toBe(want));

it.each(['', 'yesterday', '2026-02-30 09:30:00', '2026-11-21 24:00:00', '2026-11-21', '09:30:00', '21/11/2026 09:30:00', '123'])(
  '%p is none',
  (text) => expect(readCallInstant(text, shanghai)).toBeNull(),
);

it('reads by the mapping of the source', () => {
  const reader = newReader();
  expect(reader.columns.map(({ name }) => name)).toEqual(['被叫', '开始', '时长', '结果']);
  expect(reader.read(2, ['138 0000 0001', '2026-11-21 09:30:00', '12', '接通'])).toMatchObject({
    row: 2,
    number: '13800000001',
    result: 'answered',
    agencyId: 'A01',
    collectorId: null,
  });
  expect(reader.read(3, ['13800000001', '20261121093000', '', 'NO ANSWER'])).toMatchObject({ result: 'no-answer' });
  expect(reader.read(4, ['13800000001', '20261121093000', '', 'busy'])).toMatchObject({ result: 'busy' });
});

it('a word that nobody has mapped is told, and the time of the talk says what it can', () => {
  const reader = newReader();
  expect(reader.read(2, ['13800000001', '20261121093000', '7', '成功'])).toMatchObject({ result: 'answered' });
  expect(reader.read(3, ['13800000001', '20261121093000', '0', '成功'])).toMatchObject({ result: 'no-answer' });
  expect(reader.read(4, ['13800000001', '20261121093000', '', '成功'])).toMatchObject({ result: null });
  expect([...reader.unmapped]).toEqual([['成功', 3]]);
});

it.each([
  [['', '20261121093000', '', ''], { column: '被叫', code: 'required' }],
  [['13800000001', '', '', ''], { column: '开始', code: 'required' }],
  [['n/a', '20261121093000', '', ''], { column: '被叫', code: 'number' }],
  [['13800000001', 'noon', '', ''], { column: '开始', code: 'instant' }],
  [['13800000001', '20261121093000', 'long', ''], { column: '时长', code: 'whole' }],
])('%j is left out', (values, want) => expect(newReader().read(2, values)).toEqual(want));

it('a column says whose call it was; an empty cell means the institution itself', () => {
  const reader = newReader({ columns: { calledNumber: 'to', startedAt: 'at', agencyId: 'agency' } });
  expect(reader.read(2, ['13800000001', '20261121093000', 'A02'])).toMatchObject({ agencyId: 'A02' });
  expect(reader.read(3, ['13800000001', '20261121093000', ''])).toMatchObject({ agencyId: null });
});
