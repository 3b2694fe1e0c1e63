import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { jest } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { browserLaunch } from '#testkit';
import { caseCsv, contactCsv, NOON } from '../rows.ts';
import { eventually } from '../start/running.ts';
import { Whole } from '../whole.ts';
import { languages, Visitor, type Language } from './visitor.ts';

// The way of the product, from end to end, as the people of a bank go it: a call is refused, the debtor complains, contact stops until the
// complaint is decided, and compliance reports on it.

// A step opens several pages and looks at each twice.
jest.setTimeout(240_000);

let whole: Whole;
let browser: Browser;

beforeAll(async () => {
  [whole, browser] = await Promise.all([Whole.open(), chromium.launch(browserLaunch())]);
});
afterAll(async () => {
  await browser.close();
  await whole.close();
});

/** An instant of the debtor's day, in whose zone it is noon. */
function today(hour: number, minute: number): string {
  const at = new Date();
  const local = new Date(at.toLocaleString('en-US', { timeZone: NOON }));
  const offsetMinutes = Math.round((local.getTime() - new Date(at.toLocaleString('en-US', { timeZone: 'UTC' })).getTime()) / 60_000);
  const pad = (n: number): string => String(n).padStart(2, '0');
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(offsetMinutes) / 60))}:00`;
  return `${local.getFullYear()}-${pad(local.getMonth() + 1)}-${pad(local.getDate())}T${pad(hour)}:${pad(minute)}:00${offset}`;
}

/** A debtor who was spoken to three times today: no fourth conversation, but an announcement is still permitted. */
async function importDebtor(caseId: string): Promise<void> {
  const of = { caseId, debtorId: `D-${caseId}`, debtId: `L-${caseId}`, contactPoint: `+8613812${caseId.slice(-6)}` };
  const point = { caseId, debtorId: of.debtorId, debtId: of.debtId, contactPoint: of.contactPoint, timeZone: NOON };
  await whole.import('cases', caseCsv([{ ...of, timeZone: NOON, debtorName: '李秀英', partyName: '李秀英', product: '标准信用卡' }]));
  const talks = [8, 9, 10].map((hour) => ({
    ...point,
    attemptId: `${caseId}-${hour}`,
    startedAt: today(hour, 10),
    endedAt: today(hour, 14),
    result: 'conversation',
    collectorIds: 'c7',
  }));
  await whole.import('contact-log', contactCsv(talks));
}

const cases = { zh: 'C202601001', en: 'C202601002' } as const;
const title = { zh: '催收电话过于频繁', en: 'Too many collection calls' } as const;
const narrative = {
  zh: '当日上午连续接到三次催收电话，已说明正在筹款，对方仍要求立即还款。',
  en: 'Three collection calls in one morning. I said that I was raising the money; they went on asking for payment at once.',
} as const;

describe.each(['zh', 'en'] as const)('the journey in %s', (language: Language) => {
  const { words } = languages[language];
  const caseId = cases[language];
  let agent: Visitor;
  let handler: Visitor;
  let officer: Visitor | undefined;
  let address = '';

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const choose = async (page: Page, group: string, option: string): Promise<void> => {
    await page.getByRole('radiogroup', { name: group }).first().locator('label', { hasText: option }).first().click();
  };
  const verdict = (page: Page, state: 'permitted' | 'refused') => page.locator(`.fb-verdict-${state}`).first();
  /** The announcement by telephone, which the number of conversations does not forbid. */
  async function lookAtAnnouncement(): Promise<void> {
    await agent.open(`/cases/${caseId}`);
    await choose(agent.page, words.contact.ask.way, words.contact.way['voice-informational']);
  }

  beforeAll(async () => {
    await importDebtor(caseId);
  });
  afterAll(async () => {
    await agent?.leave();
    await handler?.leave();
    await officer?.leave();
  });

  it('the agent finds the case, and is refused the call with the reason and the next time', async () => {
    agent = await Visitor.signIn(browser, whole.origin, 'agent', language);
    // Their day begins with the worklist.
    await agent.open('/cases');
    const { page } = agent;
    await page.getByLabel(words.cases.filter.caseId).fill(caseId);
    await button(page, words.common.search).click();
    await page.getByRole('link', { name: caseId }).waitFor();
    await agent.look('1-cases');
    await page.getByRole('link', { name: caseId }).click();
    await verdict(page, 'refused').waitFor();
    await agent.look('2-case');
    await button(page, words.contact.ask.open).click();
    await button(page, words.contact.ask.submit).click();
    await page.getByText(words.contact.attempt.refused).waitFor();
    const said = await verdict(page, 'refused').innerText();
    expect(said).toContain(words.rules['conversations-per-debtor']);
    expect(said).toContain(words.contact.verdict.counted.replace('{{counted}}', '3').replace('{{limit}}', '3'));
    expect(said).toContain(words.contact.verdict.next);
    // The debtor's next morning.
    expect(said).toMatch(/0?8:00/);
    await agent.look('3-refused');
    await lookAtAnnouncement();
    await verdict(page, 'permitted').waitFor();
  });

  it('the debtor complains, and the complaint desk registers it with its due date', async () => {
    handler = await Visitor.signIn(browser, whole.origin, 'complaint-handler', language);
    const { page } = handler;
    await handler.open(`/cases/${caseId}`);
    await button(page, words.cases.page.registerComplaint).click();
    const { register } = words.complaint;
    await page.getByText(register.prefilled).waitFor();
    await page.getByLabel(register.name, { exact: true }).fill('李秀英');
    await page.getByLabel(register.contact, { exact: true }).fill('+8613812345678');
    await page.getByLabel(register.subject, { exact: true }).fill(title[language]);
    await page.getByLabel(register.narrative, { exact: true }).fill(narrative[language]);
    await page.getByLabel(register.requests, { exact: true }).fill(language === 'zh' ? '停止电话催收' : 'Stop calling');
    expect(await page.getByLabel(register.account, { exact: true }).inputValue()).toBe(caseId);
    await page.getByText(register.holdAll).waitFor();
    await handler.look('4-register');
    await button(page, register.submit).click();
    await page.waitForURL(/\/complaints\/[0-9a-f-]{36}$/);
    address = new URL(page.url()).pathname;
    await eventually('the hold that the gate confirms', async () => {
      await handler.open(address);
      return (await page.getByText(words.complaint.page.hold.set).count()) > 0;
    });
    await handler.look('5-complaint');
    await handler.open('/complaints');
    await page
      .getByRole('link', { name: words.complaint.board.register })
      .or(button(page, words.complaint.board.register))
      .first()
      .waitFor();
    await page.getByText(title[language]).first().waitFor();
    await handler.look('5-board');
  });

  it('the agent is refused every contact because of the complaint', async () => {
    await lookAtAnnouncement();
    const { page } = agent;
    await verdict(page, 'refused').waitFor();
    await button(page, words.contact.ask.open).click();
    await button(page, words.contact.ask.submit).click();
    await page.getByText(words.contact.attempt.refused).waitFor();
    const said = await verdict(page, 'refused').innerText();
    expect(said).toContain(words.rules['complaint-hold']);
    expect(said).toContain(words.contact.verdict.never);
    await agent.look('6-held');
  });

  it('the desk decides and tells the complainant; the complaint is met', async () => {
    const { page } = handler;
    const { action } = words.complaint;
    const act = async (name: keyof typeof action.name, fill: () => Promise<void>): Promise<void> => {
      await button(page, action.name[name]).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await fill();
      if (name === 'decision') await handler.look('7-decision');
      await dialog.getByRole('button', { name: action.confirm.replace('{{name}}', action.name[name]) }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    const dialog = page.getByRole('dialog');
    await handler.open(address);
    await act('assignment', async () => undefined);
    await act('decision', async () => {
      await dialog.getByText(action.outcome.upheld, { exact: true }).click();
      await dialog
        .getByLabel(action.field.text, { exact: true })
        .fill(language === 'zh' ? '经查属实，当日不再致电，并向客户致歉。' : 'Upheld: no more calls that day, with our apology.');
    });
    await act('notice', async () => {
      await dialog.getByText(action.form.sms, { exact: true }).click();
    });
    await eventually('the hold that is lifted', async () => {
      await handler.open(address);
      return (await page.getByText(words.complaint.page.hold.lifted).count()) > 0;
    });
    await page.getByText(words.complaint.page.closed).waitFor();
    await handler.look('8-closed');
  });

  it('the gate permits the announcement again', async () => {
    await lookAtAnnouncement();
    await verdict(agent.page, 'permitted').waitFor();
    await agent.look('9-permitted');
  });

  it.each([
    ['collections-compliance', /^\/reports\/collections\//],
    ['complaint-timeliness', /^\/reports\/complaints\//],
  ] as const)('compliance has the report made and takes it away: %s', async (kind, addressOf) => {
    officer ??= await Visitor.signIn(browser, whole.origin, 'compliance', language);
    const { page } = officer;
    await officer.open('/reports');
    await choose(page, words.report.kind, words.report.kindName[kind]);
    await choose(page, words.report.period, words.report.preset['this-month']);
    if (kind === 'collections-compliance') await officer.look('10-reports');
    await button(page, words.report.submit).click();
    await page.waitForURL((url) => addressOf.test(url.pathname));
    await page.getByRole('heading', { name: words.report.files }).waitFor();
    await page.locator('.fb-page-header').getByText(words.report.state.done, { exact: true }).waitFor();
    for (const format of ['pdf', 'xlsx', 'csv', 'json'] as const) {
      const link = page.getByRole('link', { name: new RegExp(`\\.${format}$`) }).first();
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      const bytes = await readFile(await download.path());
      expect(bytes.length).toBeGreaterThan(0);
      // The page says what the file must be.
      await page.getByText(createHash('sha256').update(bytes).digest('hex')).first().waitFor();
      if (format === 'pdf') expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
    // Whoever asked for it does not sign it.
    await page.getByText(words.report.ownHelp).waitFor();
    expect(await button(page, words.report.signOff).count()).toBe(0);
    await page.locator('.fb-cell-open').first().click();
    await page.getByRole('dialog').getByText('count(').waitFor();
    await page.keyboard.press('Escape');
    await officer.look(`11-${kind}`);
  });

  it('compliance signs what another asked for, and may correct it from then on', async () => {
    if (!officer) throw new Error('compliance was here before');
    const manager = await Visitor.signIn(browser, whole.origin, 'collections-manager', language);
    await manager.open('/reports');
    await choose(manager.page, words.report.kind, words.report.kindName['rules-in-force']);
    await button(manager.page, words.report.submit).click();
    await manager.page.waitForURL((url) => url.pathname.startsWith('/reports/collections/'));
    await manager.page.getByRole('heading', { name: words.report.files }).waitFor();
    await officer.open(new URL(manager.page.url()).pathname);
    await button(officer.page, words.report.signOff).click();
    await officer.page.locator('.fb-page-header').getByText(words.report.state.signed, { exact: true }).waitFor();
    await button(officer.page, words.report.correction.title).waitFor();
    await manager.leave();
  });
});
