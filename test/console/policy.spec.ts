import { jest } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { browserLaunch } from '#testkit';
import { caseCsv, contactCsv, NOON } from '../rows.ts';
import { eventually } from '../start/running.ts';
import { Whole } from '../whole.ts';
import { languages, Visitor, type Language } from './visitor.ts';

// A rule of the bank becomes stricter without an engineer: drafted with what a form has, seen in words, tried on past contacts, approved by a
// second person, in force.

// A step opens several pages and looks at each twice.
jest.setTimeout(240_000);

let whole: Whole;
let browser: Browser;

beforeAll(async () => {
  [whole, browser] = await Promise.all([Whole.open(), chromium.launch(browserLaunch())]);
  await importCalls('C202601009');
});
afterAll(async () => {
  await browser.close();
  await whole.close();
});

const DAY_MS = 86_400_000;
const PACK_CAP = 6;
const CAP = 4;
const CALLS = 6;

/** Yesterday the debtor's number was called six times in vain, which the pack lets pass and a cap of four does not. */
async function importCalls(caseId: string): Promise<void> {
  const of = { caseId, debtorId: `D-${caseId}`, debtId: `L-${caseId}`, contactPoint: '+8613812202609', timeZone: NOON };
  await whole.import('cases', caseCsv([{ ...of, debtorName: '李秀英', partyName: '李秀英', product: '标准信用卡' }]));
  const noon = Date.now() - DAY_MS;
  const calls = Array.from({ length: CALLS }, (_, n) => {
    // It is noon where the debtor is: from noon yesterday on, an hour apart, they are of one day and no burst.
    const at = new Date(noon + n * 3_600_000).toISOString();
    return { ...of, attemptId: `${caseId}-${n}`, startedAt: at, endedAt: at, result: 'no-answer', collectorIds: 'c7' };
  });
  await whole.import('contact-log', contactCsv(calls));
}

describe.each(['zh', 'en'] as const)('the policy room in %s', (language: Language) => {
  const { words } = languages[language];
  const { policy, policyDraft, policyEditor, simulation } = words;
  const note = { zh: '同一号码每日未接通改为四次', en: 'Four unanswered calls to a number a day' }[language];
  // Both languages share an institution: each changes what is in force for a product of its own.
  const product = { zh: '标准信用卡', en: 'Gold' }[language];
  let officer: Visitor;
  let approver: Visitor | undefined;
  let address = '';

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  /** The fieldset of a rule in the editor. */
  const rule = (page: Page, ruleId: string) => page.locator(`[data-rule="${ruleId}"]`);

  afterAll(async () => {
    await officer?.leave();
    await approver?.leave();
  });

  it('shows what is in force, in words, with its sources', async () => {
    officer = await Visitor.signIn(browser, whole.origin, 'compliance', language);
    const { page } = officer;
    await officer.open('/policy');
    await page.getByText(words.policy.severity.block, { exact: true }).first().waitFor();
    await page.getByLabel(policy.filter.search).fill('attempts-per-point');
    await page.getByText(policy.filter.count.replace('{{count, number}}', '1'), { exact: true }).waitFor();
    await officer.look('policy-1-in-force');
    for (const path of ['versions', 'packs', 'drafts'] as const) {
      await officer.open(`/policy/${path}`);
      await page.locator('h1').waitFor();
      await officer.look(`policy-1-${path}`);
    }
  });

  it('takes a draft that is stricter, and says at the field where it is looser', async () => {
    const { page } = officer;
    await officer.open(`/policy/drafts/new?product=${encodeURIComponent(product)}`);
    await page.getByLabel(policyEditor.note).fill(note);
    const cap = rule(page, 'attempts-per-point').getByRole('spinbutton', { name: policyEditor.tighten.cap });
    await cap.fill(String(PACK_CAP + 1));
    await rule(page, 'attempts-per-point').getByText(policyEditor.tighten.looserCap).waitFor();
    await button(page, policyEditor.save).click();
    await page.waitForURL(/\/policy\/drafts\/[0-9a-f-]{36}\/edit$/);
    address = new URL(page.url()).pathname.replace(/\/edit$/, '');
    // Said by the service, in the reader's language, at the rule.
    await rule(page, 'attempts-per-point').getByRole('alert').waitFor();
    await officer.look('policy-2-looser');
    await cap.fill(String(CAP));
    await button(page, policyEditor.dates.preset.eve).click();
    await button(page, policyEditor.save).click();
    await page.getByText(policyEditor.saved.replace('{{revision}}', '2')).waitFor();
    await page.getByText(policyDraft.diff.effect.tighter, { exact: true }).first().waitFor();
    await officer.look('policy-2-editor');
  });

  it('tries the draft on past contacts', async () => {
    const { page } = officer;
    await officer.open(address);
    await page.getByText(policyDraft.next.draftOwn).waitFor();
    await officer.look('policy-3-draft');
    await button(page, simulation.start).click();
    await page.waitForURL(/\/simulations\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { name: simulation.unknown.title }).waitFor();
    if (language === 'zh') {
      // The fifth and the sixth call of the day.
      await page.getByText(simulation.samples.after, { exact: true }).first().waitFor();
      const figure = page.locator('dt', { hasText: simulation.result.toRefused }).locator('xpath=following-sibling::dd');
      expect(await figure.first().innerText()).toBe(String(CALLS - CAP));
    }
    await officer.look('policy-3-simulation');
  });

  it('lets another person approve, not the author', async () => {
    const { page } = officer;
    await officer.open(address);
    await button(page, policyDraft.action.submit).click();
    await page.getByRole('dialog').getByRole('button', { name: policyDraft.action.submit }).click();
    await page.getByText(policyDraft.next.submittedOwn).waitFor();
    expect(await button(page, policyDraft.action.approve).count()).toBe(0);
    approver = await Visitor.signIn(browser, whole.origin, 'head-office-approver', language);
    await approver.open(address);
    await approver.look('policy-4-approver');
    await button(approver.page, policyDraft.action.approve).click();
    const confirm = button(approver.page, policyDraft.action.confirmApprove);
    const approved = approver.page.getByText(policyDraft.state.approved, { exact: true }).first();
    // Decisions in flight may ask whoever publishes to try again (503): then that is what they do.
    await eventually('it is approved', async () => {
      if (await confirm.isVisible()) await confirm.click({ timeout: 2000 }).catch(() => undefined);
      return approved.isVisible();
    });
    await officer.open(`/policy?product=${encodeURIComponent(product)}`);
    await page.getByText(policy.rule.tightened, { exact: true }).first().waitFor();
    await page.getByRole('heading', { name: policy.institution }).waitFor();
    await officer.look('policy-5-in-force');
  });
});
