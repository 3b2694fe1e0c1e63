import { attachment } from '#http';

/** A file to be shown: its name as for one to be kept. */
export const inline = (name: string): string => attachment(name).replace(/^attachment/, 'inline');

/** Nothing in it runs, loads anything, or is framed by others. Browsers show PDF with a viewer of their own, which a sandbox would stop. */
export const guarded = (mime: string): Readonly<Record<string, string>> => ({
  'content-security-policy':
    mime === 'application/pdf'
      ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
      : "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'private, no-store',
});
