import { CONFLICT, type RefusalKind } from '#problem';

export const LINK_OVER: RefusalKind = {
  ...CONFLICT,
  code: 'link-over',
  title: 'This link has been answered, or its time is over',
};
