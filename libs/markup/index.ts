export { Html, html, sourceHash } from './html.ts';
