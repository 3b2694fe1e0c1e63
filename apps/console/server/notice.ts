import type { FastifyReply, FastifyRequest } from 'fastify';

const POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const words = {
  'sign-in-expired': {
    zh: ['此次登录已失效', '登录须在 15 分钟内、在同一浏览器中完成。请重新登录。', '重新登录'],
    en: [
      'This sign-in is no longer good',
      'A sign-in is completed in the browser it was begun in, within 15 minutes. Sign in again.',
      'Sign in again',
    ],
  },
  'sign-in-refused': {
    zh: ['未能登录', '登录服务没有接受此次登录。请重试；如仍不成功，请联系管理员。', '重新登录'],
    en: [
      'You were not signed in',
      'The sign-in service did not accept this. Try again; if it does not help, ask your administrator.',
      'Sign in again',
    ],
  },
  'no-access': {
    zh: ['此账号没有使用权限', '账号已登录，但没有本系统的机构或角色。请联系管理员开通，或退出后换一个账号登录。', '退出'],
    en: [
      'This account has no access',
      'You are signed in, but the account has no institution or role here. Ask your administrator, or sign out and use another account.',
      'Sign out',
    ],
  },
  'issuer-away': {
    zh: ['暂时无法登录', '登录服务正在启动或暂不可用，请稍后重试。', '重试'],
    en: [
      'Signing in is not possible at the moment',
      'The sign-in service is starting or not available. Try again in a moment.',
      'Try again',
    ],
  },
  'sessions-away': {
    zh: ['暂时无法打开此页', '服务正在启动或暂不可用，请稍后重试。', '重试'],
    en: ['This page is not available at the moment', 'The service is starting or not available. Try again in a moment.', 'Try again'],
  },
  'not-built': {
    zh: ['操作台尚未构建', '此安装缺少操作台的页面文件。请运行 npm run build，然后重新启动。', '重试'],
    en: ['The console is not built', 'This installation lacks the pages of the console. Run npm run build, then start again.', 'Try again'],
  },
} as const;

export type Notice = keyof typeof words;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

/** Whether a person in a browser will see the answer as a page. */
export const wantsPage = (request: FastifyRequest): boolean => /\btext\/html\b/.test(request.headers.accept ?? '');

/** A page with one thing to say and one way on, in the browser's language. */
export function notice(request: FastifyRequest, reply: FastifyReply, status: number, what: Notice, to = '/'): FastifyReply {
  const isEnglish = /^\s*en\b/i.test(request.headers['accept-language'] ?? '');
  const [title, advice, way] = words[what][isEnglish ? 'en' : 'zh'];
  const page = `<!doctype html>
<html lang="${isEnglish ? 'en' : 'zh-CN'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · 催收有度 Forbear</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/start/style.css" />
  </head>
  <body class="notice">
    <main>
      <section class="card">
        <h1>${title}</h1>
        <p>${advice}</p>
        <p><a class="go" href="${escape(to)}">${way}</a></p>
      </section>
    </main>
  </body>
</html>
`;
  return reply
    .status(status)
    .headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': POLICY })
    .send(page);
}
