import { html, type Html } from '#markup';
import { withLimits, type FileLimits } from './form-page.ts';
import type { Receipt } from './gate.service.ts';
import { field, formAddressOf, framed, hidden, NONE, notice, readable, term, type Frame } from './page-frame.ts';
import type { PublicComplaintView } from './public.dto.ts';
import { words, type Trouble } from './public-words.ts';

type Where = Pick<Frame, 'language' | 'institutionId' | 'below'>;

export interface AskPage extends Where {
  readonly receiptNumber: string;
  readonly trouble?: Trouble;
  readonly wrong: readonly string[];
  readonly limits: FileLimits;
}

/** Where receipt number and code are given. */
export function askPage(page: AskPage): string {
  const { language, receiptNumber, trouble, wrong, limits } = page;
  const said = words[language].status;
  const fault = (name: string): string | undefined => (wrong.includes(name) ? words[language].wrong[name] : undefined);
  const main = html`${trouble === undefined ? NONE : notice(withLimits(words[language].trouble[trouble], limits), true)}
    <form class="tall" method="post" enctype="multipart/form-data" action="${formAddressOf(page, 'status')}">
      ${hidden('act', 'status')}
      ${field({ name: 'receiptNumber', label: said.number, value: receiptNumber, needed: '', max: 40, wrong: fault('receiptNumber') })}
      ${field({ name: 'accessCode', label: said.code, needed: '', max: 40, wrong: fault('accessCode') })}
      <button>${said.show}</button>
    </form>`;
  return framed({ ...page, page: 'status', title: said.title, lead: said.lead, main });
}

export interface StatusPage extends Where {
  readonly view: PublicComplaintView;
  readonly receipt: Receipt;
  readonly limits: FileLimits;
  readonly formKey: string;
  readonly said?: 'added' | 'withdrawn';
  readonly trouble?: Trouble;
  readonly typed: string;
}

/** How the complaint stands, and what the complainant can do. */
export function statusPage(page: StatusPage): string {
  const { language, view, said: done, trouble, limits } = page;
  const said = words[language].status;
  const main = html`${done === undefined ? NONE : notice(said[done], false)}
    ${trouble === undefined ? NONE : notice(withLimits(words[language].trouble[trouble], limits), true)}
    <section class="card" aria-label="${said.state}">
      <dl>
        ${term(said.number, view.receiptNumber)} ${term(said.state, html`<strong>${view.stateText}</strong>`)}
        ${term(said.receivedAt, readable(view.receivedAt))}
        ${view.dueOn === null ? NONE : term(said.dueOn, `${view.dueOn}${view.provisional ? said.provisional : ''}`)}
        ${view.outcome === null ? NONE : term(said.outcome, said.outcomes[view.outcome] ?? view.outcome)}
        ${view.closedAt === null ? NONE : term(said.closedAt, readable(view.closedAt))}
      </dl>
    </section>
    ${view.review !== null ? html`<p>${said.rights(view.review ?? '')}</p>` : NONE}
    ${list(
      said.told,
      said.nothing,
      view.told.map(
        ({ at, about, form }) =>
          html`<li>${readable(at)} · ${said.about[about] ?? about}${form === null ? '' : ` (${said.forms[form] ?? form})`}</li>`,
      ),
    )}
    ${list(
      said.messages,
      said.nothing,
      view.messages.map(
        ({ at, from, text }) =>
          html`<li>
            <span class="soft small">${readable(at)} · ${from === 'bank' ? said.bank : said.you}</span><br /><span class="said"
              >${text}</span
            >
          </li>`,
      ),
    )}
    ${list(
      said.files,
      said.nothing,
      view.files.map((file) => fileLine(page, file)),
    )}
    <form class="tall noprint" method="post" enctype="multipart/form-data" action="${formAddressOf(page, 'status')}">
      ${opening(page, 'status')}<button class="quiet">${said.again}</button>
    </form>
    ${view.open ? doing(page) : NONE}`;
  return framed({ ...page, page: 'status', title: said.title, lead: '', main });
}

const list = (title: string, nothing: string, lines: readonly Html[]): Html =>
  html`<h2>${title}</h2>
    ${
      lines.length === 0
        ? html`<p class="soft">${nothing}</p>`
        : html`<ul class="plain card">
            ${lines}
          </ul>`
    }`;

/** Number and code go along in the form: nothing of them is kept in an address or in the browser. */
const opening = ({ receipt }: StatusPage, act: string): Html =>
  html`${hidden('act', act)}${hidden('receiptNumber', receipt.receiptNumber)}${hidden('accessCode', receipt.accessCode)}`;

function fileLine(page: StatusPage, { id, fileName, bytes, at, ready }: PublicComplaintView['files'][number]): Html {
  const said = words[page.language].status;
  const size = bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return html`<li class="row">
    <span>${fileName}<br /><span class="soft small">${readable(at)} · ${size}</span></span>
    ${
      ready
        ? html`<form method="post" action="${formAddressOf(page, 'status', `files/${id}`)}">
            ${hidden('receiptNumber', page.receipt.receiptNumber)}${hidden('accessCode', page.receipt.accessCode)}
            <button class="quiet" aria-label="${said.download} ${fileName}">${said.download}</button>
          </form>`
        : html`<span class="soft small">${said.scanning}</span>`
    }
  </li>`;
}

function doing(page: StatusPage): Html {
  const said = words[page.language].status;
  const help = withLimits(words[page.language].form.filesHelp, page.limits);
  return html`<form class="tall" method="post" enctype="multipart/form-data" action="${formAddressOf(page, 'status')}">
      ${opening(page, 'add')}${hidden('formKey', page.formKey)}
      <fieldset>
        <legend>${said.add}</legend>
        ${field({ name: 'text', label: said.text, rows: 5, max: 10_000, value: page.typed })}
        <div class="field">
          <label for="file"><strong>${said.addFiles}</strong></label>
          <input id="file" name="file" type="file" multiple aria-describedby="file-help" /><span class="soft small" id="file-help"
            >${help}</span
          >
        </div>
        <button>${said.addSend}</button>
      </fieldset>
    </form>
    <form class="tall" method="post" enctype="multipart/form-data" action="${formAddressOf(page, 'status')}">
      ${opening(page, 'withdraw')}
      <fieldset>
        <legend>${said.withdraw}</legend>
        <p>${said.withdrawHelp}</p>
        ${field({ name: 'reason', label: said.reason, max: 2000 })}
        <label class="check"><input type="checkbox" name="confirmed" value="true" required />${said.confirm}</label>
        <button class="bad">${said.withdrawSend}</button>
      </fieldset>
    </form>`;
}
