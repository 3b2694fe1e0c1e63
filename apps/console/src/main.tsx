import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startWords } from './i18n/index.ts';
import './ui/page.css';
import './pages/case/case.css';
import './ui/pieces.css';
import './shell/shell.css';
import { applyTokens } from './ui/tokens.ts';

const RELOADED = 'forbear-reloaded-at';
const RELOAD_EVERY_MS = 30_000;

// A page of an older installation asks for a part that a newer one no longer has.
globalThis.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < RELOAD_EVERY_MS) return;
  event.preventDefault();
  sessionStorage.setItem(RELOADED, String(Date.now()));
  globalThis.location.reload();
});

applyTokens(document.documentElement);
await startWords();
const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
