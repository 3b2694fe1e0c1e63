import type { Language } from '#contact-rules';
import { OneOf } from '#wire';

export class PageLanguageRequest {
  @OneOf(['zh', 'en'], { optional: true, description: 'Of the page; by `Accept-Language` when left out' })
  lang?: Language;
}
