import type { Language } from '#contact-rules';
import { html, type Html } from '#markup';
import type {
  PublishedAgency,
  PublishedHistory,
  PublishedHistoryRequest,
  PublishedList,
  PublishedListRequest,
  PublishedSpell,
} from './publication.dto.ts';
import { link, otherOf, publicPage, queryOf, readable } from './public-page.ts';
import { words, type PublicWords } from './publication-words.ts';

export { PUBLIC_PAGE_POLICY } from './public-page.ts';

const NONE = html``;

const term = (name: string, value: string | Html): Html =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

const details = (agency: PublishedAgency, said: PublicWords): Html => html`
  ${term(said.phone, agency.phone ?? said.notGiven)} ${term(said.address, agency.address ?? said.notGiven)}
  ${term(said.licence, agency.licence ?? said.notGiven)}
`;

const agencyCard = (agency: PublishedAgency, said: PublicWords): Html =>
  html`<li class="rule">
    <div class="head"><h3>${agency.name}</h3></div>
    <dl>${details(agency, said)} ${term(said.since, readable(agency.since))}</dl>
  </li>`;

/** The list as it stands or stood. */
export function listPage(list: PublishedList, request: PublishedListRequest, language: Language): string {
  const said = words[language];
  const { institutionId } = request;
  const isNow = list.asOf === null;
  const when = list.asOf === null ? said.now : said.asOf(readable(list.asOf));
  // Addresses are relative: the front serves the same pages under a path of its own.
  return publicPage({
    tag: said.tag,
    title: said.title,
    product: said.product,
    lead: said.intro,
    waysLabel: said.ways,
    ways: [
      ...(isNow ? [] : [link(queryOf({ institutionId, lang: language }), said.today)]),
      link(`published-agencies/history${queryOf({ institutionId, lang: language })}`, said.history),
      link(`debt-holder-queries${queryOf({ institutionId, lang: language })}`, said.myDebt),
      link(queryOf({ ...request, lang: otherOf(language) }), said.other, words[otherOf(language)].tag),
    ],
    caution: said.caution,
    main: html`<h2 id="list">${when}</h2>
      <p class="soft">${said.count(list.items.length)}</p>
      ${list.items.length === 0 ? html`<p class="notice">${isNow ? said.none : said.nonePast}</p>` : NONE}
      <ul class="cards" aria-labelledby="list">
        ${list.items.map((agency) => agencyCard(agency, said))}
      </ul>
      <h2 id="date">${said.date}</h2>
      <form method="get" aria-labelledby="date">
        ${institutionId === undefined ? NONE : html`<input type="hidden" name="institutionId" value="${institutionId}" />`}
        <input type="hidden" name="lang" value="${language}" />
        <label>${said.date}<input type="date" name="on" required value="${request.on ?? ''}" /></label>
        <button>${said.show}</button>
      </form>`,
  });
}

function spellCard(spell: PublishedSpell, said: PublicWords): Html {
  const [badge, kind] = spell.until === null ? [said.current, 'on'] : spell.left ? [said.left, 'off'] : [said.changed, 'new'];
  return html`<li class="rule">
    <div class="head">
      <h3>${spell.name}</h3>
      <span class="badge ${kind}">${badge}</span>
    </div>
    <dl>
      ${term(said.from, readable(spell.from))} ${term(said.until, spell.until === null ? said.still : readable(spell.until))}
      ${details(spell, said)}
    </dl>
  </li>`;
}

/** What the list has said. */
export function historyPage(history: PublishedHistory, request: PublishedHistoryRequest, language: Language): string {
  const said = words[language];
  const { institutionId, agencyId } = request;
  return publicPage({
    tag: said.tag,
    title: `${said.title} · ${said.history}`,
    product: said.product,
    lead: said.historyIntro,
    waysLabel: said.ways,
    ways: [
      link(`../published-agencies${queryOf({ institutionId, lang: language })}`, said.back),
      link(queryOf({ institutionId, agencyId, lang: otherOf(language) }), said.other, words[otherOf(language)].tag),
    ],
    caution: said.caution,
    main: html`<h2 id="history">${said.history}</h2>
      ${history.items.length === 0 ? html`<p class="notice">${said.noHistory}</p>` : NONE}
      <ul class="cards" aria-labelledby="history">
        ${history.items.map((spell) => spellCard(spell, said))}
      </ul>
      ${
        history.nextCursor === null
          ? NONE
          : html`<p>${link(queryOf({ institutionId, agencyId, cursor: history.nextCursor, lang: language }), said.more)}</p>`
      }`,
  });
}
