import type { Language } from '#contact-rules';
import { Html, html, sourceHash } from '#markup';
import { STYLE } from '../policy/pack-style.ts';

// What the pages of the packs have, and forms, a notice and cards in columns besides.
const PAGE_STYLE = `${STYLE}
form{display:flex;flex-wrap:wrap;gap:10px 14px;align-items:end;margin:0 0 8px}
form.tall{display:grid;gap:14px;max-width:460px}
label{display:grid;gap:4px;font-size:.94rem;color:var(--soft)}
input,button{font:inherit;min-height:44px;border-radius:8px;border:1px solid var(--line);padding:8px 12px;background:var(--card);color:var(--ink)}
button{background:var(--go);border-color:var(--go);color:var(--paper);font-weight:600;cursor:pointer}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr));gap:14px;margin:0;padding:0;list-style:none}
.cards .rule{margin:0}
.notice{margin:0 0 16px;padding:12px 16px;border-radius:10px;border:1px solid var(--hair);background:var(--card)}
.notice.bad{border-color:var(--no);background:var(--no-paper);color:var(--no)}
.on{background:var(--card);border:1px solid var(--go);color:var(--go)}.off{background:var(--no-paper);color:var(--no)}.new{background:var(--wait-paper);color:var(--wait)}
nav.ways a{padding:10px 0}
@media print{form{display:none}}`;

/** No script, no foreign address; forms go to this address alone. */
export const PUBLIC_PAGE_POLICY = `default-src 'none'; style-src ${sourceHash(PAGE_STYLE)}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

export interface PublicPage {
  readonly tag: string;
  readonly title: string;
  readonly product: string;
  readonly lead: string;
  readonly waysLabel: string;
  readonly ways: readonly Html[];
  readonly caution: string;
  readonly main: Html;
}

/** A page for everybody: readable without script, on a phone, on paper. */
export function publicPage({ tag, title, product, lead, waysLabel, ways, caution, main }: PublicPage): string {
  return html`<!doctype html>
    <html lang="${tag}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${product}</title>
        ${new Html(`<style>${PAGE_STYLE}</style>`)}
      </head>
      <body>
        <header>
          <p class="brand">${product}</p>
          <h1>${title}</h1>
          <p class="soft">${lead}</p>
          <nav class="ways" aria-label="${waysLabel}">${ways}</nav>
        </header>
        <main>${main}</main>
        <footer class="soft small"><p>${caution}</p></footer>
      </body>
    </html>`.markup;
}

export const otherOf = (language: Language): Language => (language === 'zh' ? 'en' : 'zh');

/** An address of this page with other parameters; those that are empty are left out. */
export function queryOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
  return `?${new URLSearchParams(given as [string, string][])}`;
}

export const link = (href: string, text: string, tag?: string): Html =>
  tag === undefined ? html`<a href="${href}">${text}</a> ` : html`<a href="${href}" lang="${tag}" hreflang="${tag}">${text}</a> `;

/** A local instant to the minute, as people read it, with its zone: `2026-11-30 08:41 UTC+8`. */
export function readable(instant: string): string {
  const [, sign = '+', hours = '00', minutes = '00'] = /([+-])(\d\d):(\d\d)$/.exec(instant) ?? [];
  return `${instant.slice(0, 16).replace('T', ' ')} UTC${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
}
