import { Html, html, sourceHash } from '#markup';

export type Language = 'zh' | 'en';

const CSS = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#55606e;--paper:#f4f5f2;--card:#fff;--line:#8a94a0;--go:#0b5f57;--on-go:#fff;--bad:#a3201d;--bad-paper:#fdeceb}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#aab3be;--paper:#14181d;--card:#1d232a;--line:#6d7783;--go:#5cc9bb;--on-go:#08211e;--bad:#ffb0aa;--bad-paper:#3a1c1b}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;padding:24px 16px;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
main{width:100%;max-width:400px;background:var(--card);border:1px solid color-mix(in srgb,var(--line) 35%,transparent);border-radius:14px;padding:32px 28px}
h1{margin:0 0 4px;font-size:1.4rem;line-height:1.35}
p{margin:0 0 16px}.soft{color:var(--soft);font-size:.94rem}
label{display:block;margin:16px 0 6px;font-weight:600}
input{width:100%;min-height:46px;padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
button,.button{display:block;width:100%;min-height:48px;margin-top:24px;padding:10px 16px;border:0;border-radius:8px;background:var(--go);color:var(--on-go);font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
button.second{margin-top:12px;background:transparent;color:var(--go);box-shadow:inset 0 0 0 1px var(--go)}
:focus-visible{outline:3px solid var(--go);outline-offset:2px}
.alert{margin:16px 0 0;padding:12px 14px;border-radius:8px;background:var(--bad-paper);color:var(--bad)}
a{color:var(--go)}footer{margin-top:18px;font-size:.94rem}code{font-size:.9em;overflow-wrap:anywhere}`;

// Sends the one form of a page that asks nothing.
const SUBMIT = 'document.forms[0].submit()';
export const submitScript = new Html(`<script>${SUBMIT}</script>`);

const sources = `style-src ${sourceHash(CSS)}; script-src ${sourceHash(SUBMIT)}`;

/** No script but the one above, no foreign address; forms go to ourselves and, by redirect, to `alsoFormsTo`. */
export function contentSecurityPolicy(alsoFormsTo = ''): string {
  return `default-src 'none'; ${sources}; form-action 'self' ${alsoFormsTo}; frame-ancestors 'none'; base-uri 'none'`;
}

const tags: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
  /** The address of this page in the other language; empty where it cannot be had again. */
  readonly otherLanguage: string;
}

export function renderPage({ language, title, body, otherLanguage }: Page): string {
  const other = language === 'zh' ? { tag: 'en', name: 'English' } : { tag: 'zh-CN', name: '中文' };
  const link = html`<footer><a href="${otherLanguage}" lang="${other.tag}" hreflang="${other.tag}">${other.name}</a></footer>`;
  return html`<!doctype html>
    <html lang="${tags[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · 催收有度 Forbear</title>
        ${new Html(`<style>${CSS}</style>`)}
      </head>
      <body>
        <main>${body}</main>
        ${otherLanguage === '' ? '' : link}
      </body>
    </html>`.markup;
}

/** An explicit choice wins, then the browser's first language; Chinese where neither speaks. */
export function languageOf(chosen: string | null | undefined, acceptLanguage: string | undefined): Language {
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh';
}
