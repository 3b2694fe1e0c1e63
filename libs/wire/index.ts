export * from './fields.ts';
export { Shown, type ShownAbout } from './shown.ts';
export { isInstant, isLocalDate, isUuid } from './formats.ts';
export { decodeCursor, encodeCursor, PageRequest, toPage, type Page } from './page.ts';
