import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import type { Directory } from './directory.ts';
import { html, type Html } from '#markup';
import { contentSecurityPolicy, languageOf, renderPage, type Language } from './html.ts';
import type { LoginThrottle } from './throttle.ts';

const BODY_BYTES = 8192;
const FIELD_CHARACTERS = 256;

const words = {
  zh: {
    title: '登录',
    intro: '使用本机构账号登录催收有度。',
    login: '账号',
    password: '密码',
    submit: '登录',
    wrong: '账号或密码不正确，请检查后重试。',
    wait: (minutes: number) => `尝试次数过多。请在 ${minutes} 分钟后再试。`,
    expired: '登录页面已过期',
    expiredAdvice: '登录页面的有效期为 15 分钟。请回到首页重新开始。',
    home: '回到首页',
  },
  en: {
    title: 'Sign in',
    intro: 'Sign in to Forbear with your institution’s account.',
    login: 'Account',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'The account or the password is not right. Check both and try again.',
    wait: (minutes: number) => `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    expired: 'This sign-in page has expired',
    expiredAdvice: 'A sign-in page is good for 15 minutes. Go back to the start page and begin again.',
    home: 'To the start page',
  },
} as const;

export interface LoginParts {
  readonly directory: Directory;
  readonly throttle: LoginThrottle;
  /** The caller's address as far as the trusted proxies tell it. */
  readonly addressOf: (request: IncomingMessage) => string;
}

interface Attempt {
  readonly login: string;
  readonly error: string;
}

function form(language: Language, attempt: Attempt): Html {
  const say = words[language];
  const alert = html`<p class="alert" role="alert" id="error">${attempt.error}</p>`;
  const invalid = attempt.error === '' ? '' : html` aria-invalid="true" aria-describedby="error"`;
  return html`<h1>${say.title}</h1>
    <p class="soft">${say.intro}</p>
    ${attempt.error === '' ? '' : alert}
    <form method="post" action="?lang=${language}">
      <label for="login">${say.login}</label>
      <input
        id="login"
        name="login"
        value="${attempt.login}"
        maxlength="${FIELD_CHARACTERS}"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        required
        autofocus${invalid}
      />
      <label for="password">${say.password}</label>
      <input
        id="password"
        name="password"
        type="password"
        maxlength="${FIELD_CHARACTERS}"
        autocomplete="current-password"
        required${invalid}
      />
      <button type="submit">${say.submit}</button>
    </form>`;
}

function send(response: ServerResponse, status: number, title: string, body: Html, language: Language, formsTo: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-security-policy', contentSecurityPolicy(formsTo));
  response.end(renderPage({ language, title, body, otherLanguage: `?lang=${language === 'zh' ? 'en' : 'zh'}` }));
}

function sendExpired(response: ServerResponse, language: Language): void {
  const say = words[language];
  const body = html`<h1>${say.expired}</h1>
    <p>${say.expiredAdvice}</p>
    <a class="button" href="/">${say.home}</a>`;
  send(response, 400, say.expired, body, language, '');
}

/** The fields of a small form; null when it is too large or of another kind. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  if (!request.headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded')) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly language: Language;
  readonly formsTo: string;
}

async function signIn(provider: Provider, parts: LoginParts, turn: Turn): Promise<void> {
  const { request, response, language, formsTo } = turn;
  const say = words[language];
  const fields = await readForm(request);
  const login = fields?.get('login')?.trim() ?? '';
  const password = fields?.get('password') ?? '';
  const again = (status: number, error: string): void =>
    send(response, status, say.title, form(language, { login: login.slice(0, FIELD_CHARACTERS), error }), language, formsTo);
  if (login === '' || password === '' || login.length > FIELD_CHARACTERS || password.length > FIELD_CHARACTERS)
    return again(400, say.wrong);
  const address = parts.addressOf(request);
  const waitSeconds = await parts.throttle.enter(login, address);
  if (waitSeconds > 0) {
    response.setHeader('retry-after', String(waitSeconds));
    return again(429, say.wait(Math.ceil(waitSeconds / 60)));
  }
  const person = await parts.directory.checkPassword(login, password);
  if (!person) return again(401, say.wrong);
  await parts.throttle.succeed(login, address);
  // The session cookie ends with the browser: collectors share machines.
  await provider.interactionFinished(request, response, { login: { accountId: person.id, amr: ['pwd'], remember: false } });
}

/** Answers `/interaction/{uid}`: the sign-in page and its form. The uid must be that of the browser's own cookie. */
export async function answerLogin(
  provider: Provider,
  parts: LoginParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = new URL(request.url ?? '/', 'http://issuer.invalid');
  const chosen = target.searchParams.get('lang');
  let language = languageOf(chosen, request.headers['accept-language']);
  if (request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'POST') {
    response.statusCode = 405;
    response.setHeader('allow', 'GET, HEAD, POST');
    response.end();
    return;
  }
  try {
    const { uid, params, prompt } = await provider.interactionDetails(request, response);
    if (target.pathname !== `/interaction/${uid}` || prompt.name !== 'login') return sendExpired(response, language);
    // The application's wish stands behind the person's own.
    const wished = params['ui_locales'];
    language = languageOf(chosen ?? (typeof wished === 'string' ? wished.slice(0, 2) : null), request.headers['accept-language']);
    const redirect = params['redirect_uri'];
    const formsTo = typeof redirect === 'string' && URL.canParse(redirect) ? new URL(redirect).origin : '';
    // A form on somebody else's site must not sign this browser in.
    const isForeign = !['same-origin', 'none', undefined].includes(request.headers['sec-fetch-site']?.toString());
    if (request.method === 'POST' && isForeign) return sendExpired(response, language);
    if (request.method === 'POST') return await signIn(provider, parts, { request, response, language, formsTo });
    send(response, 200, words[language].title, form(language, { login: '', error: '' }), language, formsTo);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return sendExpired(response, language);
    throw error;
  }
}
