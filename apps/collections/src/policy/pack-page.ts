import { grouped, type Language } from '#contact-rules';
import { Html, html, sourceHash } from '#markup';
import { STYLE } from './pack-style.ts';
import { queryOf, wordsOf, type PageWords } from './pack-words.ts';
import type { PackList, PackRowView, PackView } from './pack.dto.ts';

/** No script, no foreign address, no form; the one style that stands in the page. */
export const PAGE_POLICY = `default-src 'none'; style-src ${sourceHash(STYLE)}; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`;

interface Page {
  readonly words: PageWords;
  readonly title: string;
  readonly header: Html;
  readonly main: Html;
}

function document({ words, title, header, main }: Page): string {
  return html`<!doctype html>
    <html lang="${words.tag}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${words.product}</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <header>
          <p class="brand">${words.product}</p>
          ${header}
        </header>
        <main>${main}</main>
        <footer class="soft small"><p>${words.print}</p></footer>
      </body>
    </html>`.markup;
}

const otherOf = (language: Language): Language => (language === 'zh' ? 'en' : 'zh');

const NONE = html``;
const term = (name: string, value: Html | string): Html =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;
const list = (items: readonly string[]): Html =>
  html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;

export const forceOf = ({ effectiveFrom: from, effectiveTo: to }: PackRowView, words: PageWords): string =>
  to === null ? words.from(from) : words.between(from, to);

export const citationsOf = (row: PackRowView, language: Language): string[] =>
  row.citations.map(({ instrument, article, grade }) => {
    const where = article === null ? instrument : `${instrument}${language === 'zh' ? '' : ', '}${article}`;
    return language === 'zh' ? `${where}（${grade}）` : `${where} (${grade})`;
  });

/** Words for what else staff must know of a row. */
export const remarksOf = (row: PackRowView, words: PageWords): string[] => [
  ...(row.tenantValue ? [words.tenantValue] : []),
  ...(row.mayWarn ? [words.mayWarn] : []),
];

function ruleCard(row: PackRowView, id: string, view: PackView): Html {
  const words = wordsOf(view.language);
  const isStaff = view.audience === 'staff';
  const remarks = remarksOf(row, words);
  const effect = remarks.length === 0 ? row.severityText : `${row.severityText}（${remarks.join('；')}）`;
  const badge = html`<span class="badge ${row.severity}">${words[row.severity]}</span>`;
  return html`<section class="rule" id="${id}" aria-labelledby="${id}-title">
    <div class="head">
      <h3 id="${id}-title">${row.title}</h3>
      ${isStaff ? badge : NONE}
    </div>
    <p>${row.says}</p>
    <dl>
      ${isStaff && row.limits.length > 0 ? term(words.limits, list(row.limits)) : NONE}
      ${row.exceptions.length > 0 ? term(words.exceptions, list(row.exceptions)) : NONE}
      ${term(words.source, list(citationsOf(row, view.language)))}
      ${isStaff || row.severity === 'warn' ? term(words.severity, effect) : NONE}
      ${isStaff || row.effectiveTo !== null ? term(words.force, forceOf(row, words)) : NONE}
      ${isStaff ? term(words.ruleId, html`<code>${row.ruleId}</code>`) : NONE}
    </dl>
  </section>`;
}

const link = (href: string, name: string, language: Language, isHere: boolean): Html =>
  isHere ? html`<span aria-current="true">${name}</span>` : html`<a href="${href}" lang="${wordsOf(language).tag}">${name}</a>`;

function ways(view: PackView): Html {
  const words = wordsOf(view.language);
  const { language, audience, version, versions } = view;
  const versionLinks = versions.map(
    (each) => html` ${link(queryOf(view, { version: each }), words.version(each), language, each === version)}`,
  );
  return html`<nav class="ways" aria-label="${words.allPacks}">
    <a href="../policies?lang=${language}">${words.allPacks}</a>
    <span
      >${words.audience}: ${link(queryOf(view, { audience: 'staff' }), words.staff, language, audience === 'staff')}
      ${link(queryOf(view, { audience: 'debtor' }), words.debtor, language, audience === 'debtor')}</span
    >
    <span>${words.versions}:${versionLinks}</span>
    <a
      href="${queryOf(view, { language: otherOf(language) })}"
      lang="${wordsOf(otherOf(language)).tag}"
      hreflang="${wordsOf(otherOf(language)).tag}"
      >${words.other}</a
    >
  </nav>`;
}

interface Section {
  readonly title: string;
  readonly rows: readonly PackRowView[];
}

/** Staff read in the order of reasons; debtors by what they ask. */
function sectionsOf(view: PackView): Section[] {
  const words = wordsOf(view.language);
  const title = view.at === null ? words.everyRow : words.inForceOn(view.at);
  const now: Section[] =
    view.audience === 'debtor'
      ? grouped(view.rows).map((group) => ({ title: group.title[view.language], rows: group.rows }))
      : [{ title, rows: view.rows }];
  return [...now, { title: words.later, rows: view.later }, { title: words.ended, rows: view.ended }].filter(({ rows }) => rows.length > 0);
}

/** A heading with something under it; nothing where there is nothing. */
const part = (id: string, title: string, under: readonly Html[]): Html =>
  under.length === 0
    ? NONE
    : html`<h2 id="${id}">${title}</h2>
        ${under}`;

/** Ids are numbers, because a rule may stand in the page for one date after another. */
function packBody(view: PackView, words: PageWords): Html {
  let number = 0;
  const parts = sectionsOf(view).map(({ title, rows }, index) => ({
    id: `part-${index + 1}`,
    title,
    rules: rows.map((row) => ({ row, id: `rule-${(number += 1)}` })),
  }));
  const advice = view.advice.map(
    ({ title, says }) =>
      html`<section class="rule">
        <div class="head"><h3>${title}</h3></div>
        <p>${says}</p>
      </section>`,
  );
  const notes = view.notes.map((note) => html`<p>${note}</p>`);
  const isDebtor = view.audience === 'debtor';
  // Debtors look for their question, staff for their rule.
  const entries = [
    ...(isDebtor ? parts : parts.flatMap(({ rules }) => rules.map(({ row, id }) => ({ id, title: row.title })))),
    ...(notes.length > 0 ? [{ id: 'notes', title: words.notes }] : []),
    ...(advice.length > 0 ? [{ id: 'advice', title: words.advice }] : []),
  ];
  return html`<nav class="contents" aria-labelledby="contents">
      <h2 id="contents">${words.contents}</h2>
      <ol>
        ${entries.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
      </ol>
    </nav>
    ${view.rows.length === 0 ? html`<p>${words.none}</p>` : NONE}
    ${parts.map(({ id, title, rules }) =>
      part(
        id,
        title,
        rules.map((rule) => ruleCard(rule.row, rule.id, view)),
      ),
    )}
    ${part('notes', words.notes, notes)} ${part('advice', words.advice, advice)}`;
}

/** The page of a pack. */
export function packPage(view: PackView): string {
  const words = wordsOf(view.language);
  const isDebtor = view.audience === 'debtor';
  const subtitle = isDebtor ? words.debtor : html`<code>${view.pack}</code>`;
  const extent = view.at === null ? words.rules(view.rows.length) : words.inForceOn(view.at);
  return document({
    words,
    title: view.title,
    header: html`<h1>${view.title}</h1>
      <p class="soft">${subtitle} · ${words.version(view.version)} · ${extent}</p>
      ${ways(view)}
      <p class="caution small">${isDebtor ? words.debtorCaution : words.caution}</p>`,
    main: packBody(view, words),
  });
}

/** The page of all packs. */
export function listPage({ items }: PackList, language: Language): string {
  const words = wordsOf(language);
  const other = otherOf(language);
  const rows = items.map(
    ({ pack, title, versions, rules }) =>
      html`<tr>
        <th scope="row"><a href="policies/${pack}?lang=${language}">${title}</a><br /><code class="soft">${pack}</code></th>
        <td>${words.version(versions.at(-1) ?? 1)}<br /><span class="soft">${words.rules(rules)}</span></td>
        <td><a href="policies/${pack}?lang=${language}&amp;audience=debtor">${words.debtor}</a></td>
      </tr>`,
  );
  return document({
    words,
    title: words.packs,
    header: html`<h1>${words.packs}</h1>
      <p class="soft">${words.packsIntro}</p>
      <nav class="ways" aria-label="${words.language}">
        <a href="?lang=${other}" lang="${wordsOf(other).tag}" hreflang="${wordsOf(other).tag}">${words.other}</a>
      </nav>
      <p class="caution small">${words.caution}</p>`,
    main: html`<h2 id="packs">${words.allPacks}</h2>
      <table aria-labelledby="packs">
        <tbody>
          ${rows}
        </tbody>
      </table>`,
  });
}
