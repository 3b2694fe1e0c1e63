import type { Language } from '#contact-rules';
import { Html, html, sourceHash } from '#markup';
import { words } from './public-words.ts';

const STYLE = `:root{color-scheme:light dark;--ink:#1b2430;--soft:#55606e;--paper:#f4f5f2;--card:#fff;--line:#8a94a0;--hair:#d9dcd8;--go:#0b5f57;--no:#a3201d;--no-paper:#fdeceb}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#aab3be;--paper:#14181d;--card:#1d232a;--line:#6d7783;--hair:#343c46;--go:#5cc9bb;--no:#ffb0aa;--no-paper:#3a1c1b}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.65 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:720px;margin:0 auto;padding:0 16px}header{padding-top:20px}h1{margin:4px 0 2px;font-size:1.5rem;line-height:1.3}h2{margin:28px 0 8px;font-size:1.2rem;line-height:1.35}p{margin:0 0 10px}
.soft{color:var(--soft)}.small{font-size:.9rem}a{color:var(--go)}nav.ways{display:flex;flex-wrap:wrap;gap:0 20px;margin:10px 0 0;padding:4px 0;border-top:1px solid var(--hair);border-bottom:1px solid var(--hair)}
nav.ways a{padding:10px 0;min-height:44px}[aria-current]{font-weight:700;color:var(--ink);text-decoration:none}
form.tall{display:grid;gap:16px;margin:14px 0}fieldset{border:1px solid var(--hair);border-radius:12px;padding:6px 14px 16px;background:var(--card);display:grid;gap:14px;min-width:0}legend{font-weight:600;padding:0 6px}
.field{display:grid;gap:4px;min-width:0}.field>span.name{font-weight:600}input,select,textarea,button{font:inherit;min-height:44px;max-width:100%;width:100%;border-radius:8px;border:1px solid var(--line);padding:9px 12px;background:var(--card);color:var(--ink)}
textarea{min-height:120px}input[aria-invalid=true],textarea[aria-invalid=true],select[aria-invalid=true]{border-color:var(--no);border-width:2px}button{background:var(--go);border-color:var(--go);color:var(--paper);font-weight:600;cursor:pointer}
button.quiet{background:var(--card);color:var(--go)}button.bad{background:var(--card);border-color:var(--no);color:var(--no)}.check{display:flex;gap:10px;align-items:center;min-height:44px}.check input{width:22px;min-height:22px;flex:none}
.trap{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}.notice{margin:12px 0;padding:12px 16px;border-radius:10px;border:1px solid var(--hair);background:var(--card)}.notice.bad,.wrong{color:var(--no)}.notice.bad{border-color:var(--no);background:var(--no-paper)}
.card{margin:0 0 12px;padding:14px 16px;background:var(--card);border:1px solid var(--hair);border-radius:12px;break-inside:avoid}dl{display:grid;grid-template-columns:minmax(7em,max-content) 1fr;gap:6px 16px;margin:0}dt{color:var(--soft)}dd{margin:0}
.big{font:600 1.35rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}main{padding-top:16px}ul.plain{list-style:none;margin:0 0 12px;padding:4px 16px}ul.plain li{padding:10px 0;border-bottom:1px solid var(--hair)}ol.card{padding-left:2.4em}.card ul{margin:6px 0 0;padding-left:1.2em}h3{margin:0;font-size:1.05rem}ul.plain li:last-child{border-bottom:0}
.said{white-space:pre-wrap}.row{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center;justify-content:space-between}.row form{flex:none}.row button{width:auto}
:focus-visible{outline:3px solid var(--go);outline-offset:2px}footer{padding:20px 16px 40px}
@media(max-width:480px){dl{grid-template-columns:1fr;gap:0}dt{margin-top:8px;font-size:.9rem}}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--card:#fff;--hair:#999;--go:#000}nav.ways,footer,form,.noprint{display:none}body{font-size:11pt}header,main{max-width:none}}`;

/** No script, no foreign address; forms go to this address alone. */
export const PUBLIC_PAGE_POLICY = `default-src 'none'; style-src ${sourceHash(STYLE)}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

export const PAGES = { channels: 'complaint-channels', form: 'complaint-form', status: 'complaint-status' } as const;
export type PageName = keyof typeof PAGES;

export interface Frame {
  readonly language: Language;
  /** As the address says it; undefined: the installation's own. */
  readonly institutionId: string | undefined;
  readonly page: PageName;
  /** Forms are answered one level below the page. */
  readonly below: boolean;
  readonly title: string;
  readonly lead: string;
  readonly main: Html;
}

export const NONE = html``;

/** The parameters of every address of the pages. */
export function queryOf(institutionId: string | undefined, language: Language): string {
  return `?${new URLSearchParams({ ...(institutionId === undefined ? {} : { institutionId }), lang: language })}`;
}

/** The address of a page, from where this one stands. */
export const addressOf = (
  { language, institutionId, below }: Pick<Frame, 'language' | 'institutionId' | 'below'>,
  page: PageName,
): string => `${below ? '../' : ''}${PAGES[page]}${queryOf(institutionId, language)}`;

/** Where a form of a page is sent. */
export const formAddressOf = (
  { language, institutionId, below }: Pick<Frame, 'language' | 'institutionId' | 'below'>,
  page: PageName,
  to = 'page',
): string => `${below ? '' : `${PAGES[page]}/`}${to}${queryOf(institutionId, language)}`;

/** A page for everybody: readable without script, on a phone, on paper. */
export function framed(frame: Frame): string {
  const { language, page, title, lead, main } = frame;
  const said = words[language];
  const other: Language = language === 'zh' ? 'en' : 'zh';
  const ways = (Object.keys(PAGES) as PageName[]).map((each) =>
    each === page
      ? html`<a href="${addressOf(frame, each)}" aria-current="page">${said.nav[each]}</a> `
      : html`<a href="${addressOf(frame, each)}">${said.nav[each]}</a> `,
  );
  return html`<!doctype html>
    <html lang="${said.tag}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · ${said.product}</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <header>
          <p class="soft small">${said.product}</p>
          <h1>${title}</h1>
          <p class="soft">${lead}</p>
          <nav class="ways" aria-label="${said.ways}">
            ${ways}<a href="${addressOf({ ...frame, language: other }, page)}" lang="${words[other].tag}" hreflang="${words[other].tag}"
              >${said.other}</a
            >
          </nav>
        </header>
        <main>${main}</main>
        <footer class="soft small"><p>${said.caution}</p></footer>
      </body>
    </html>`.markup;
}

/** A local instant to the minute, as people read it. */
export const readable = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

export const term = (name: string, value: string | Html): Html =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

export interface FieldAbout {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly value?: string;
  readonly wrong?: string | undefined;
  readonly needed?: string;
  readonly max?: number;
  readonly rows?: number;
  readonly autocomplete?: string;
}

/** A field with its name, its help and what is wrong with it, each tied to it for who does not see the page. */
export function field({ name, label, help, value = '', wrong, needed, max, rows, autocomplete = 'off' }: FieldAbout): Html {
  const described = [help && `${name}-help`, wrong && `${name}-wrong`].filter(Boolean).join(' ');
  const given = new Html(
    [
      needed === undefined ? '' : 'required',
      max === undefined ? '' : `maxlength="${max}"`,
      wrong === undefined ? '' : 'aria-invalid="true"',
      described === '' ? '' : `aria-describedby="${described}"`,
    ]
      .filter(Boolean)
      .join(' '),
  );
  const control =
    rows === undefined
      ? html`<input id="${name}" name="${name}" value="${value}" autocomplete="${autocomplete}" ${given} />`
      : html`<textarea id="${name}" name="${name}" rows="${rows}" ${given}>${value}</textarea>`;
  return html`<div class="field">
    <label for="${name}"><strong>${label}</strong>${needed ?? ''}</label>
    ${control} ${help === undefined ? NONE : html`<span class="soft small" id="${name}-help">${help}</span>`}
    ${wrong === undefined ? NONE : html`<span class="wrong small" id="${name}-wrong">${wrong}</span>`}
  </div>`;
}

export const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}" />`;

export const notice = (text: string, isBad: boolean): Html =>
  isBad ? html`<p class="notice bad" role="alert">${text}</p>` : html`<p class="notice" role="status">${text}</p>`;
