import { pathOf, placeErrors } from './field-errors.ts';

const problem = (...errors: [string, string][]) => ({ errors: errors.map(([pointer, detail]) => ({ pointer, detail })) });

describe('a problem at the fields of a form', () => {
  it('reads JSON pointers', () => {
    expect(pathOf('/against/agencyId')).toStrictEqual(['against', 'agencyId']);
    expect(pathOf('/requests/0')).toStrictEqual(['requests', 0]);
    expect(pathOf('/a~1b/c~0d')).toStrictEqual(['a/b', 'c~d']);
    expect(pathOf('')).toStrictEqual([]);
  });

  it('puts each error at its field, else at the field that holds it', () => {
    const placed = placeErrors(problem(['/complainant/contact', 'no number'], ['/requests/2', 'too long'], ['/requests/3', 'empty']), [
      ['complainant', 'contact'],
      ['requests'],
    ]);
    expect(placed).toStrictEqual({
      fields: [
        { name: ['complainant', 'contact'], errors: ['no number'] },
        { name: ['requests'], errors: ['too long', 'empty'] },
      ],
      rest: [],
    });
  });

  it('says in words what no field stands for', () => {
    expect(placeErrors(problem(['/groupSize', 'too many'], ['', 'unknown']), [['subject']]).rest).toStrictEqual([
      '/groupSize: too many',
      'unknown',
    ]);
  });
});
