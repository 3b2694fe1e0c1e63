// The start page: two languages, the state of the services, and (on demo machines) a form that asks the gate.

import { ruleNames, words } from './words.js';

const ZONE = 'Asia/Shanghai';
const OFFSET = '+08:00';
const REFRESH_MS = 15_000;
const MINUTE_MS = 60_000;

const find = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search).get('lang');
const stored = () => {
  try {
    return localStorage.getItem('language');
  } catch {
    return null;
  }
};
let language = (asked ?? stored()) === 'en' ? 'en' : 'zh';
const say = () => words[language];

function element(tag, text = '', className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}

/** An instant in the debtor's zone, to the minute, or to the second where there is one. */
function formatInstant(instant) {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const seconds = at.getUTCSeconds() === 0 ? {} : { second: '2-digit' };
  const parts = { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...seconds };
  return at.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: ZONE, ...parts });
}

// --- services ---

let services = null;

function showServices() {
  const list = find('services');
  list.setAttribute('aria-busy', 'false');
  if (services === null) {
    list.replaceChildren(element('li', say().statusFailed, 'state down'));
    find('status-note').textContent = '';
    return;
  }
  list.replaceChildren(
    ...services.map(({ name, state, milliseconds }) => {
      const item = element('li', say()[name] ?? name);
      const time = state === 'up' && milliseconds !== null ? ` · ${say().milliseconds(milliseconds)}` : '';
      item.append(element('span', (say()[state] ?? state) + time, `state ${state}`));
      return item;
    }),
  );
  const time = new Date().toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB', { hourCycle: 'h23' });
  const isDown = services.some(({ state }) => state === 'down');
  find('status-note').textContent = isDown ? say().someDown : say().statusAt(time);
  find('complaints-links').hidden = services.some(({ name, state }) => name === 'complaints' && state === 'not-configured');
}

async function refreshServices() {
  try {
    const answer = await fetch('/health/ready', { cache: 'no-store' });
    ({ services } = await answer.json());
  } catch {
    services = null;
  }
  showServices();
}

// --- the gate ---

let lastResult = null;

const beijing = (ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19) + OFFSET;

/** Unanswered calls of the same local day before `at`, an hour apart where the day has room, so that they are not a burst as well. */
function unansweredCalls(count, atMs, dayStartMs, shared) {
  const gap = Math.min(61 * MINUTE_MS, (atMs - dayStartMs) / (count + 1));
  return Array.from({ length: count }, (_, index) => {
    const startedMs = atMs - (count - index) * gap;
    return {
      ...shared,
      attemptId: `a${index + 1}`,
      channel: 'voice',
      mode: 'interactive',
      purpose: 'collect',
      initiator: 'us',
      startedAt: beijing(startedMs),
      endedAt: beijing(startedMs + Math.min(20_000, gap / 2)),
      result: 'no-answer',
    };
  });
}

function evaluation(form) {
  const field = (name) => form.elements[name].value;
  const time = field('time').length === 5 ? `${field('time')}:00` : field('time');
  const at = `${field('date')}T${time}${OFFSET}`;
  const dayStartMs = Date.parse(`${field('date')}T00:00:00${OFFSET}`);
  const isDebtor = field('partyRole') === 'debtor';
  const channel = field('channel');
  const party = { partyId: isDebtor ? 'p1' : 'p2', partyRole: field('partyRole') };
  const contactPoint = channel === 'email' ? `${party.partyId}@example.com` : isDebtor ? '+8613800000001' : '+8613900000002';
  const shared = {
    caseId: 'c1',
    debtorId: 'p1',
    debtId: 'd1',
    ...party,
    contactPoint: isDebtor ? '+8613800000001' : '+8613900000002',
    agencyId: null,
    collectorIds: ['c1'],
    deviceId: null,
    timeZone: ZONE,
  };
  const overdueSince = beijing(dayStartMs - 60 * 86_400_000).slice(0, 10);
  return {
    packs: ['cn-card'],
    at,
    proposed: {
      channel,
      mode: field('mode'),
      purpose: field('purpose'),
      ...party,
      contactPoint,
      debtId: 'd1',
      agencyId: null,
      // Two people knock at a door; one of them makes a call.
      collectorIds: channel === 'visit' ? ['c1', 'c2'] : ['c1'],
      deviceId: null,
    },
    facts: {
      timeZone: ZONE,
      case: { status: 'open', balance: { amount: '5000.00', currency: 'CNY' }, overdueSince },
      history: unansweredCalls(Number(field('unanswered')), Date.parse(at), dayStartMs, shared),
      consents: [],
      holds: [],
      contactPoints: [{ value: contactPoint, partyId: party.partyId, status: 'valid', source: 'contract' }],
      agency: null,
    },
  };
}

// The one rule whose number is a least number of people; the others count contacts.
const countText = (reason) => (reason.ruleId === 'visit-team' ? say().people : say().counted);

function reasonItem(reason) {
  const item = element('li', '', reason.severity === 'warn' ? 'warn' : 'block');
  const [zh, en] = ruleNames[reason.ruleId] ?? [reason.ruleId, reason.ruleId];
  const severity = reason.severity === 'warn' ? say().warn : say().block;
  item.append(element('strong', `${severity} · ${language === 'zh' ? zh : en}`));
  const lines = [reason.message];
  const isNumber = typeof reason.limit === 'number';
  if (isNumber && typeof reason.counted === 'number') lines.push(countText(reason)(reason.counted, reason.limit));
  else if (isNumber) lines.push(say().limitOnly(reason.limit));
  if (reason.clearsAt) lines.push(say().clears(formatInstant(reason.clearsAt)));
  item.append(element('span', lines.filter(Boolean).join(' ')));
  if (reason.source) item.append(element('div', say().source([reason.pack, reason.source].filter(Boolean).join(' · ')), 'muted'));
  return item;
}

function verdictParts(body) {
  const parts = [element('p', body.verdict === 'permitted' ? say().permitted : say().refused, `verdict ${body.verdict}`)];
  if (body.reasons.length === 0) parts.push(element('p', say().noReasons));
  else {
    const list = element('ul', '', 'reasons');
    list.append(...body.reasons.map(reasonItem));
    parts.push(list);
  }
  const facts = element('dl');
  const fact = (name, value) => facts.append(element('dt', name), element('dd', value));
  if (body.verdict === 'refused') fact(say().next, body.nextPermittedAt ? formatInstant(body.nextPermittedAt) : say().never);
  if (body.mustEndBy) fact(say().endBy, formatInstant(body.mustEndBy));
  fact(say().packs, (body.packs ?? []).map(({ pack, version }) => say().version(pack, version)).join(language === 'zh' ? '，' : ', '));
  parts.push(facts);
  return parts;
}

function failureParts({ status, body, retryAfter }) {
  if (status === 0) return [element('p', say().offline, 'verdict failed')];
  if (status === 429) return [element('p', say().tooMany(retryAfter ?? 60), 'verdict failed')];
  if (status === 503) return [element('p', say().away, 'verdict failed')];
  if (status === 422 || status === 400) {
    const list = element('ul', '', 'reasons');
    const errors = body?.errors ?? [{ pointer: '', detail: body?.detail ?? body?.title ?? '' }];
    list.append(...errors.map(({ pointer, detail }) => element('li', `${pointer} ${detail}`.trim())));
    return [element('p', say().invalid, 'verdict failed'), list];
  }
  return [element('p', say().failed(status, body?.requestId ?? '-'), 'verdict failed')];
}

function showResult() {
  if (lastResult === null) return;
  const isVerdict = lastResult.status === 200 && Array.isArray(lastResult.body?.reasons);
  find('result').replaceChildren(...(isVerdict ? verdictParts(lastResult.body) : failureParts(lastResult)));
}

async function judge(form) {
  const button = form.querySelector('button');
  button.disabled = true;
  find('result').replaceChildren(element('p', say().judging, 'muted'));
  try {
    const answer = await fetch('/try', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify(evaluation(form)),
    });
    const body = await answer.json().catch(() => null);
    lastResult = { status: answer.status, body, retryAfter: answer.headers.get('retry-after') };
  } catch {
    lastResult = { status: 0, body: null, retryAfter: null };
  }
  button.disabled = false;
  showResult();
}

function moveMarker(form) {
  const [hours = 0, minutes = 0] = form.elements.time.value.split(':').map(Number);
  find('marker').style.left = `${((hours * 60 + minutes) / 1440) * 100}%`;
}

function startGate(form) {
  form.elements.date.value = beijing(Date.now()).slice(0, 10);
  moveMarker(form);
  form.elements.time.addEventListener('input', () => moveMarker(form));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void judge(form);
  });
}

// --- language ---

const translated = [...document.querySelectorAll('[data-en]')].map((node) => ({ node, zh: node.textContent, en: node.dataset.en }));

function showLanguage() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = say().title;
  for (const { node, zh, en } of translated) node.textContent = language === 'zh' ? zh : en;
  const button = find('language');
  // The sign-in page speaks the same language.
  find('sign-in')?.setAttribute('href', `/auth/login?lang=${language}`);
  button.textContent = say().other;
  button.lang = language === 'zh' ? 'en' : 'zh-CN';
  showResult();
}

find('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  try {
    localStorage.setItem('language', language);
  } catch {
    // Without storage the choice holds for this page.
  }
  showLanguage();
  if (services !== null) showServices();
  // The words of a reason come from the gate, in the language that it is asked in.
  if (lastResult !== null && gate) void judge(gate);
});

const gate = find('gate');
if (gate) startGate(gate);
showLanguage();
void refreshServices();
setInterval(() => void refreshServices(), REFRESH_MS);
