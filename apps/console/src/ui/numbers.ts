import type { Language } from '../i18n/language.ts';

const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}

export const formatCount = (value: number, language: Language): string => new Intl.NumberFormat(language).format(value);

/** An amount as the services write it: a decimal text, so that no cent is lost on the way. */
export function formatMoney({ amount, currency }: { readonly amount: string; readonly currency: string }): string {
  const [whole = '', cents] = amount.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = currency === 'CNY' ? '¥' : `${currency} `;
  return `${amount.startsWith('-') ? '−' : ''}${sign}${grouped}${cents === undefined ? '' : `.${cents}`}`;
}

export const formatPercent = (part: number, whole: number, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(whole === 0 ? 0 : part / whole);
