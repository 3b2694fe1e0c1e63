import { CONFLICT, type RefusalKind } from '#problem';

export const DEVICE_KNOWN: RefusalKind = {
  ...CONFLICT,
  code: 'device-known',
  title: 'The work tool is registered for this collector already',
};
