import { codesOfJson, csvOf, faultOf } from './code-file.ts';

const code = {
  dimension: 'cause',
  code: '03',
  parent: null,
  zh: '费用, 利息',
  en: 'Fees "and" interest',
  validFrom: '2026-01-01',
} as const;

it('a JSON file is a list of codes, or an object that has one', () => {
  expect(codesOfJson(JSON.stringify([code]))).toEqual([code]);
  expect(codesOfJson(JSON.stringify({ codes: [code] }))).toEqual([code]);
  for (const text of ['', '{', '5', '{"codes":5}', '["x"]', 'null']) expect(codesOfJson(text)).toBeNull();
});

it('a version is a file that can be loaded again', () => {
  expect(csvOf({ entries: [code] })).toBe(
    'dimension,code,parent,zh,en,validFrom\r\ncause,03,,"费用, 利息","Fees ""and"" interest",2026-01-01\r\n',
  );
});

it('says where in the file something is wrong', () => {
  const of = (pointer: string) => faultOf({ pointer, detail: 'x' });
  expect(of('/rows/12/code')).toEqual({ place: { row: 12 }, column: 'code', detail: 'x' });
  expect(of('/rows/12/')).toEqual({ place: { row: 12 }, column: null, detail: 'x' });
  expect(of('/codes/0/parent')).toEqual({ place: { item: 1 }, column: 'parent', detail: 'x' });
  expect(of('/codes')).toEqual({ place: null, column: null, detail: 'x' });
  expect(of('/note')).toEqual({ place: null, column: 'note', detail: 'x' });
});
