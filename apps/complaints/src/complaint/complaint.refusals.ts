import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const EXTERNAL_REF_KNOWN: RefusalKind = {
  ...CONFLICT,
  code: 'external-ref-known',
  title: 'Another complaint has this external reference',
};
export const REGULATOR_REFERENCE_KNOWN: RefusalKind = {
  ...CONFLICT,
  code: 'regulator-reference-known',
  title: 'What the regulator sent on under this reference is registered already',
};
export const HANDLED_BY_OTHER: RefusalKind = {
  ...CONFLICT,
  code: 'handled-by-other',
  title: 'Somebody else handles this complaint',
};
export const RECUSED: RefusalKind = {
  ...FORBIDDEN,
  code: 'recused',
  title: 'Whoever is complained of, or near to him, neither handles the complaint nor acts on it',
};
export const OWN_COMPLAINT: RefusalKind = {
  ...FORBIDDEN,
  code: 'own-complaint',
  title: 'Nobody extends the term of a complaint that is his own to handle',
};
