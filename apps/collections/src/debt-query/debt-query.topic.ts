/** A code is to be sent, or is not: the worker finds out which, so that who asked cannot tell by the time that the answer took. */
export const DEBT_CODE_DUE = 'debt-query.code';
