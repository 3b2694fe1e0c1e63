import type { KoaContextWithOIDC } from 'oidc-provider';
import { Html, html } from '#markup';
import { contentSecurityPolicy, languageOf, renderPage, submitScript } from './html.ts';

type Answer = Pick<KoaContextWithOIDC, 'set' | 'get' | 'query'> & { type: string; body: unknown };

function send(ctx: Answer, title: string, body: Html, formsTo?: string): void {
  ctx.set('content-security-policy', contentSecurityPolicy(formsTo));
  ctx.set('cache-control', 'no-store');
  ctx.type = 'html';
  ctx.body = renderPage({ language: languageFor(ctx), title, body, otherLanguage: '' });
}

function languageFor(ctx: Answer): 'zh' | 'en' {
  const { ui_locales: asked } = ctx.query;
  return languageOf(typeof asked === 'string' ? asked.slice(0, 2) : null, ctx.get('accept-language'));
}

/** What a browser is shown when its request cannot be answered. Details of our own faults stay inside. */
export function sendErrorPage(ctx: KoaContextWithOIDC, out: { error: string; error_description?: string | undefined }): void {
  const zh = languageFor(ctx) === 'zh';
  const title = zh ? '无法继续登录' : 'Signing in cannot go on';
  const advice = zh ? '请回到应用首页，重新开始登录。' : 'Go back to the application and start again.';
  const description = out.error === 'server_error' ? '' : (out.error_description ?? '');
  const body = html`<h1>${title}</h1>
    <p>${advice}</p>
    <p class="soft"><code>${out.error}</code> ${description}</p>
    <a class="button" href="/">${zh ? '回到首页' : 'To the start page'}</a>`;
  send(ctx, title, body);
}

/** Whether the request comes from an application that this very person is signed in to: it has asked already. */
function isConfirmed({ oidc }: KoaContextWithOIDC): boolean {
  const hinted = oidc.entities.IdTokenHint?.payload.sub;
  return typeof hinted === 'string' && hinted === oidc.session?.accountId;
}

/** Signs out whom the application names, and asks where it does not. `form` is oidc-provider's own, with its token against forged requests. */
export function sendSignOutPage(ctx: KoaContextWithOIDC, form: string): void {
  const zh = languageFor(ctx) === 'zh';
  const isAsked = !isConfirmed(ctx);
  const title = isAsked ? (zh ? '要退出登录吗？' : 'Sign out?') : zh ? '正在退出登录……' : 'Signing out …';
  const stay = html`<button class="second" type="submit" form="op.logoutForm">${zh ? '保持登录' : 'Stay signed in'}</button>`;
  const known = new Html(form.replace('</form>', '<input type="hidden" name="logout" value="yes"/></form>'));
  // The button is for browsers without scripts.
  const body = html`<h1>${title}</h1>
    ${isAsked ? new Html(form) : known}
    <button type="submit" form="op.logoutForm" ${isAsked ? html`value="yes" name="logout"` : ''}>${zh ? '退出登录' : 'Sign out'}</button>
    ${isAsked ? stay : submitScript}`;
  const target = ctx.oidc.params?.['post_logout_redirect_uri'];
  send(ctx, title, body, typeof target === 'string' && URL.canParse(target) ? new URL(target).origin : '');
}

export function sendSignedOutPage(ctx: KoaContextWithOIDC): void {
  const zh = languageFor(ctx) === 'zh';
  const title = zh ? '您已退出登录' : 'You are signed out';
  send(
    ctx,
    title,
    html`<h1>${title}</h1>
      <a class="button" href="/">${zh ? '回到首页' : 'To the start page'}</a>`,
  );
}
