import type { Language } from '#contact-rules';
import { Html, html, sourceHash } from '#markup';
import { RESOLVED } from './callback.dto.ts';
import type { QuestionView } from './callback.views.ts';
import { words, type Trouble } from './satisfaction-words.ts';

const STYLE = `:root{color-scheme:light dark;--ink:#1b2430;--soft:#55606e;--paper:#f4f5f2;--card:#fff;--line:#8a94a0;--go:#0b5f57;--no:#a3201d}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#aab3be;--paper:#14181d;--card:#1d232a;--line:#6d7783;--go:#5cc9bb;--no:#ffb0aa}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.65 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:560px;margin:0 auto;padding:0 16px}header{padding-top:24px}h1{margin:6px 0 2px;font-size:1.5rem;line-height:1.3}p{margin:0 0 10px}
.soft{color:var(--soft);font-size:.94rem}a{color:var(--go);display:inline-block;padding:10px 0}form{display:grid;gap:18px;margin:16px 0}fieldset{border:1px solid var(--line);border-radius:10px;padding:8px 14px;background:var(--card)}
legend,.label{font-weight:600}.choice{display:flex;gap:10px;align-items:center;min-height:44px}input[type=radio]{width:20px;height:20px;accent-color:var(--go)}
textarea,button{font:inherit;width:100%;border-radius:8px;border:1px solid var(--line);padding:10px 12px;background:var(--card);color:var(--ink)}button{min-height:44px;cursor:pointer}
button.go{background:var(--go);border-color:var(--go);color:var(--paper);font-weight:600}.notice{padding:12px 16px;border-radius:10px;border:1px solid var(--line);background:var(--card)}.bad{color:var(--no);border-color:var(--no)}
:focus-visible{outline:3px solid var(--go);outline-offset:2px}footer{padding:16px 16px 40px}`;

/** No script, no foreign address; the form goes to this address alone. */
export const SATISFACTION_POLICY = `default-src 'none'; style-src ${sourceHash(STYLE)}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

const NONE = html``;

function framed(language: Language, lead: string, main: Html, otherHref: string | null): string {
  const said = words[language];
  const other = words[language === 'zh' ? 'en' : 'zh'];
  return html`<!doctype html>
    <html lang="${said.tag}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <title>${said.title}</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <header>
          <p class="soft">${said.product}</p>
          <h1>${said.title}</h1>
          <p class="soft">${lead}</p>
          ${otherHref === null ? NONE : html`<a href="${otherHref}" lang="${other.tag}" hreflang="${other.tag}">${said.other}</a>`}
        </header>
        <main>${main}</main>
        <footer><p class="soft">${said.caution}</p></footer>
      </body>
    </html>`.markup;
}

const choice = (name: string, value: string, text: string, required: boolean): Html =>
  html`<label class="choice"
    ><input type="radio" name="${name}" value="${value}" ${required ? new Html('required') : NONE} />${text}</label
  >`;

export interface Asked {
  readonly token: string;
  readonly question: QuestionView;
  readonly trouble?: Trouble;
}

/** The question; again with what was wrong. */
export function questionPage({ token, question, trouble }: Asked, language: Language): string {
  const said = words[language];
  // Addresses from the site's root would depend on where the page is served: the form goes to the page's own address.
  const action = `?lang=${language}`;
  const main = html`${trouble === undefined ? NONE : html`<p class="notice bad" role="alert">${said.trouble[trouble]}</p>`}
    <form method="post" action="${token}${action}">
      <fieldset>
        <legend>${said.score}</legend>
        ${said.scores.map((text, at) => choice('score', String(at + 1), `${at + 1} · ${text}`, true)).toReversed()}
      </fieldset>
      <fieldset>
        <legend>${said.resolved}</legend>
        ${RESOLVED.map((value) => choice('resolved', value, said.resolvedWords[value], false))}
      </fieldset>
      <label><span class="label">${said.comment}</span><textarea name="comment" rows="4" maxlength="2000"></textarea></label>
      <button class="go">${said.send}</button>
    </form>
    <form method="post" action="${token}${action}">
      <input type="hidden" name="refuse" value="true" /><button>${said.refuse}</button>
    </form>`;
  const until = question.expiresAt.slice(0, 16).replace('T', ' ');
  return framed(language, said.lead(question.number, until), main, `${token}?lang=${language === 'zh' ? 'en' : 'zh'}`);
}

export const thanksPage = (language: Language): string =>
  framed(language, '', html`<p class="notice" role="status">${words[language].thanks}</p>`, null);

export const troublePage = (trouble: Trouble, language: Language): string =>
  framed(language, '', html`<p class="notice bad" role="alert">${words[language].trouble[trouble]}</p>`, null);
