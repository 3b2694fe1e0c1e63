import type { components } from '../../../api/complaints.d.ts';
import type { CodeTable } from './api.ts';

type Given = components['schemas']['CodeRequest'];

export const COLUMNS = ['dimension', 'code', 'parent', 'zh', 'en', 'validFrom'] as const;

/** The codes of a JSON file: a list, or an object that has one. Null for what is neither; what is wrong with a code, the service says. */
export function codesOfJson(text: string): Given[] | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  const list = Array.isArray(read) ? read : typeof read === 'object' && read !== null && 'codes' in read ? read.codes : null;
  return Array.isArray(list) && list.every((one) => typeof one === 'object' && one !== null) ? (list as Given[]) : null;
}

const cell = (value: string | null): string => {
  const text = value ?? '';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A version as a file that can be changed and loaded again. */
export const csvOf = ({ entries }: Pick<CodeTable, 'entries'>): string =>
  [COLUMNS.join(','), ...entries.map((code) => COLUMNS.map((name) => cell(code[name])).join(','))].join('\r\n') + '\r\n';

export interface CodeFault {
  /** The row of a file, or the place in a list; null: the table as a whole. */
  readonly place: { readonly row: number } | { readonly item: number } | null;
  readonly column: string | null;
  readonly detail: string;
}

/** Where in the file the service found something wrong: `/rows/12/code`, `/codes/3/parent`, `/codes`. */
export function faultOf({ pointer, detail }: { readonly pointer: string; readonly detail: string }): CodeFault {
  const [, where = '', number = '', column = ''] = /^\/(rows|codes)(?:\/(\d+)(?:\/(.*))?)?$/.exec(pointer) ?? [];
  if (number === '') return { place: null, column: where === '' ? pointer.slice(1) || null : null, detail };
  const n = Number(number);
  return { place: where === 'rows' ? { row: n } : { item: n + 1 }, column: column || null, detail };
}
