import type { Language } from '#contact-rules';
import { html, type Html } from '#markup';
import { link, otherOf, publicPage, queryOf, readable } from '../publication/public-page.ts';
import type { DebtHolder } from './debt-query.dto.ts';
import { words } from './debt-query-words.ts';

export type Trouble = 'fields' | 'too-often' | 'at-night' | 'code';

const NONE = html``;

interface Frame {
  readonly institutionId: string | undefined;
  readonly main: Html;
  /** Forms are answered below the page's address. */
  readonly below: boolean;
}

function framed({ institutionId, main, below }: Frame, language: Language): string {
  const said = words[language];
  const up = below ? '../' : '';
  const query = queryOf({ institutionId, lang: language });
  return publicPage({
    tag: said.tag,
    title: said.title,
    product: said.product,
    lead: said.lead,
    waysLabel: said.ways,
    ways: [
      link(`${up}published-agencies${query}`, said.list),
      ...(below ? [link(`${up}debt-holder-queries${query}`, said.again)] : []),
      link(`${up}debt-holder-queries${queryOf({ institutionId, lang: otherOf(language) })}`, said.other, words[otherOf(language)].tag),
    ],
    caution: said.caution,
    main,
  });
}

const troubled = (trouble: Trouble | undefined, language: Language): Html =>
  trouble === undefined ? NONE : html`<p class="notice bad" role="alert">${words[language].trouble[trouble]}</p>`;

export interface QuestionPage {
  readonly institutionId: string | undefined;
  readonly caseReference?: string | undefined;
  readonly phone?: string | undefined;
  readonly trouble?: Trouble;
}

/** Where the question is asked; again, with what was typed, where something was wrong. */
export function questionPage({ institutionId, caseReference = '', phone = '', trouble }: QuestionPage, language: Language): string {
  const said = words[language];
  const below = trouble !== undefined;
  const action = `${below ? '' : 'debt-holder-queries/'}page${queryOf({ institutionId, lang: language })}`;
  return framed(
    {
      institutionId,
      below,
      main: html`<h2 id="ask">${said.ask}</h2>
        ${troubled(trouble, language)}
        <form class="tall" method="post" action="${action}" aria-labelledby="ask">
          <label
            >${said.reference}<input name="caseReference" required maxlength="200" autocomplete="off" value="${caseReference}"
          /></label>
          <label>${said.phone}<input name="phone" type="tel" required maxlength="40" autocomplete="tel" value="${phone}" /></label>
          <button>${said.send}</button>
        </form>
        <p class="soft small">${said.help}</p>`,
    },
    language,
  );
}

export interface CodePage {
  readonly institutionId: string | undefined;
  readonly id: string;
  readonly trouble?: Trouble;
}

/** Where the code is given: the same whether one was sent or not. */
export function codePage({ institutionId, id, trouble }: CodePage, language: Language): string {
  const said = words[language];
  return framed(
    {
      institutionId,
      below: true,
      main: html`<h2 id="code">${said.codeTitle}</h2>
        ${troubled(trouble, language)}
        <p class="notice">${said.sent}</p>
        <form class="tall" method="post" action="page${queryOf({ institutionId, lang: language })}" aria-labelledby="code">
          <input type="hidden" name="id" value="${id}" />
          <label
            >${said.code}<input name="code" required inputmode="numeric" pattern="[0-9 ]{6,12}" maxlength="12" autocomplete="one-time-code"
          /></label>
          <button>${said.show}</button>
        </form>
        <p class="soft small">${said.codeHelp}</p>`,
    },
    language,
  );
}

const term = (name: string, value: string): Html =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

/** Who holds the debt, and how to complain; nothing else. */
export function answerPage({ holder, agency, complain }: DebtHolder, institutionId: string | undefined, language: Language): string {
  const said = words[language];
  const badge =
    agency?.published === true
      ? html`<span class="badge on">${said.published}</span>`
      : html`<span class="badge off">${said.unpublished}</span>`;
  return framed(
    {
      institutionId,
      below: true,
      main: html`<h2 id="holder">${said.answer}</h2>
        ${
          agency === null || holder === 'bank'
            ? html`<p class="notice">${said.bank}</p>`
            : html`<section class="rule">
                <div class="head">
                  <h3>${agency.name}</h3>
                  ${badge}
                </div>
                <dl>
                  ${term(said.agencyPhone, agency.phone ?? said.notGiven)} ${term(said.address, agency.address ?? said.notGiven)}
                  ${agency.since === null ? NONE : term(said.since, readable(agency.since))}
                </dl>
                ${agency.published ? NONE : html`<p>${said.unpublishedHelp}</p>`}
              </section>`
        }
        <h2 id="complain">${said.complain}</h2>
        <p>${said.complainHow}</p>
        <section class="rule">
          <dl>
            ${complain.bankPhone === null ? NONE : term(said.bankPhone, complain.bankPhone)}
            ${term(said.regulator, complain.regulatorPhone)}
          </dl>
        </section>`,
    },
    language,
  );
}
