import { html, type Html } from '#markup';
import type { PublishedChannels } from '../channels/channel.dto.ts';
import { PUBLIC_CATEGORIES, type ReceiptView } from './public.dto.ts';
import { addressOf, field, formAddressOf, framed, hidden, NONE, notice, readable, term, type Frame } from './page-frame.ts';
import { words, type Trouble } from './public-words.ts';

type Where = Pick<Frame, 'language' | 'institutionId' | 'below'>;

export interface FileLimits {
  readonly most: number;
  readonly limitBytes: number;
}

/** With the numbers that hold here. */
export const withLimits = (text: string, { most, limitBytes }: FileLimits): string =>
  text.replace('{most}', String(most)).replace('{limit}', `${Math.floor(limitBytes / (1024 * 1024)) || 1} MB`);

export interface FormPage extends Where {
  readonly limits: FileLimits;
  /** Of this one form: whoever sends it again sends the same. */
  readonly formKey: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly trouble?: Trouble;
  /** Names of fields. */
  readonly wrong: readonly string[];
}

const filesField = (label: string, help: string, wrong: string | undefined): Html =>
  html`<div class="field">
    <label for="file"><strong>${label}</strong></label>
    <input id="file" name="file" type="file" multiple aria-describedby="file-help" />
    <span class="soft small" id="file-help">${help}</span>
    ${wrong === undefined ? NONE : html`<span class="wrong small">${wrong}</span>`}
  </div>`;

/** Where everybody complains; again with what was typed, where something was wrong. */
export function formPage(page: FormPage): string {
  const { language, limits, formKey, typed, trouble, wrong } = page;
  const said = words[language].form;
  const fault = (name: string): string | undefined => (wrong.includes(name) ? words[language].wrong[name] : undefined);
  const one = (name: string, label: string, more: Omit<Parameters<typeof field>[0], 'name' | 'label'> = {}): Html =>
    field({ name, label, value: typed[name] ?? '', wrong: fault(name), ...more });
  const option = (value: string): Html =>
    (typed.category ?? '') === value
      ? html`<option value="${value}" selected>${said.categories[value as keyof typeof said.categories]}</option>`
      : html`<option value="${value}">${said.categories[value as keyof typeof said.categories]}</option>`;
  const needed = said.needed;
  const main = html`${trouble === undefined ? NONE : notice(withLimits(words[language].trouble[trouble], limits), true)}
    <form class="tall" method="post" enctype="multipart/form-data" action="${formAddressOf(page, 'form')}">
      ${hidden('formKey', formKey)}
      <fieldset>
        <legend>${said.who}</legend>
        ${one('name', said.name, { needed, max: 100, autocomplete: 'name' })}
        ${one('contact', said.contact, { needed, max: 200, help: said.contactHelp, autocomplete: 'tel' })}
        ${one('onBehalfOf', said.onBehalfOf, { max: 100, help: said.onBehalfOfHelp })}
      </fieldset>
      <fieldset>
        <legend>${said.what}</legend>
        <div class="field">
          <label for="category"><strong>${said.category}</strong></label>
          <select id="category" name="category">
            ${['', ...PUBLIC_CATEGORIES].map(option)}
          </select>
        </div>
        ${one('subject', said.subject, { needed, max: 200 })}
        ${one('narrative', said.narrative, { needed, max: 10_000, rows: 8, help: said.narrativeHelp })}
        ${one('requests', said.requests, { needed, max: 2000, rows: 3, help: said.requestsHelp })}
        ${one('caseReference', said.caseReference, { max: 100 })}
        ${filesField(said.files, withLimits(said.filesHelp, limits), trouble === undefined ? undefined : said.again)}
      </fieldset>
      <div class="trap" aria-hidden="true">
        <label for="website">${said.website}</label>
        <input id="website" name="website" tabindex="-1" autocomplete="off" value="" />
      </div>
      <button>${said.send}</button>
    </form>`;
  return framed({ ...page, page: 'form', title: said.title, lead: said.lead, main });
}

/** What the complainant takes home. */
export function receiptPage(where: Where, receipt: ReceiptView): string {
  const said = words[where.language].receipt;
  const main = html`<section class="card" aria-label="${said.title}">
      <dl>
        ${term(said.number, html`<span class="big">${receipt.receiptNumber}</span>`)}
        ${term(said.code, html`<span class="big">${receipt.accessCode}</span>`)}
        ${term(said.receivedAt, `${readable(receipt.receivedAt)} (UTC${receipt.receivedAt.slice(-6)})`)} ${term(said.dueOn, receipt.dueOn)}
      </dl>
    </section>
    <p>${said.dueHelp}</p>
    <p><strong>${said.keep}</strong></p>
    <p class="noprint"><a href="${addressOf(where, 'status')}">${said.toStatus}</a></p>`;
  return framed({ ...where, page: 'form', title: said.title, lead: said.lead, main });
}

/** How to complain, what happens then, and by when. */
export function channelsPage(where: Where, published: PublishedChannels): string {
  const { language } = where;
  const said = words[language].channels;
  const isZh = language === 'zh';
  const lines = (isRegulator: boolean): Html => {
    const own = published.channels.filter(({ kind }) => (kind === 'regulator') === isRegulator);
    return html`<ul class="plain card">
      ${own.map(({ kind, labelZh, labelEn, value, hoursZh, hoursEn }) => {
        const hours = isZh ? hoursZh : (hoursEn ?? hoursZh);
        return html`<li>
          <span class="soft small">${kind === 'regulator' ? '' : `${said.kind[kind]} · `}${isZh ? labelZh : labelEn}</span><br />
          <strong>${valueOf(kind, value)}</strong> ${hours === null ? NONE : html`<br /><span class="small">${hours}</span>`}
        </li>`;
      })}
    </ul>`;
  };
  const hasOwn = published.channels.some(({ kind }) => kind !== 'regulator');
  const main = html`${
      published.takesComplaints ? html`<p class="noprint"><a href="${addressOf(where, 'form')}">${words[language].nav.form}</a></p>` : NONE
    }
    ${
      hasOwn
        ? html`<h2>${said.ours}</h2>
            ${lines(false)}`
        : NONE
    }
    <h2>${said.process}</h2>
    <ol class="card">
      ${published.process.map(({ zh, en }) => html`<li>${isZh ? zh : en}</li>`)}
    </ol>
    <h2>${said.terms}</h2>
    ${published.terms.map(
      ({ title, terms }) =>
        html`<section class="card">
          <h3>${title}</h3>
          <ul>
            ${terms.map(({ text, source }) => html`<li>${text} <span class="soft small">${said.source} ${source}</span></li>`)}
          </ul>
        </section>`,
    )}
    <p class="soft small">${said.days}</p>
    <h2>${said.regulators}</h2>
    <p>${said.regulatorsHelp}</p>
    ${lines(true)}
    ${published.publishedAt === null ? NONE : html`<p class="soft small">${said.published} ${readable(published.publishedAt)}</p>`}`;
  return framed({ ...where, page: 'channels', title: said.title, lead: said.lead, main });
}

/** What can be called or opened is a link. */
function valueOf(kind: string, value: string): Html {
  if (kind === 'phone' || kind === 'regulator') return html`<a href="tel:${value.replaceAll(/[^+\d]/g, '')}">${value}</a>`;
  if (kind === 'email') return html`<a href="mailto:${value}">${value}</a>`;
  return kind === 'web' && value.startsWith('https://') ? html`<a href="${value}" rel="noreferrer">${value}</a>` : html`${value}`;
}
