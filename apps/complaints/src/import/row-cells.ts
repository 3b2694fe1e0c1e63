import { Zone } from '#contact-rules';
import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { isInstant } from '#wire';

/** What must hold of a row: the column, whether it does, and what to say if not. */
export type Check<Name extends string> = readonly [column: Name, holds: boolean, code: string, detail: string];

/** The cells of a row by name, trimmed. */
export class Cells<Name extends string> {
  constructor(
    readonly row: number,
    private readonly names: readonly Name[],
    private readonly values: readonly string[],
  ) {}

  static of<Name extends string>({ row, values }: TableRow, names: readonly Name[]): Cells<Name> {
    return new Cells(row, names, values);
  }

  get(name: Name): string {
    return (this.values[this.names.indexOf(name)] ?? '').trim();
  }

  orNull(name: Name): string | null {
    return this.get(name) || null;
  }

  /** Null for an empty cell. */
  instant(name: Name): Date | null {
    const text = this.get(name);
    return text === '' ? null : new Date(text);
  }

  /** The first check that does not hold, as a fault. */
  fault(checks: readonly Check<Name>[]): RowFault | null {
    const broken = checks.find(([, holds]) => !holds);
    return broken ? { row: this.row, column: broken[0], code: broken[2], detail: `${broken[0]} ${broken[3]}` } : null;
  }

  required(names: readonly Name[]): Check<Name>[] {
    return names.map((name) => [name, this.get(name) !== '', 'required', 'must not be empty']);
  }

  atMost(max: number, names: readonly Name[]): Check<Name>[] {
    return names.map((name) => [name, this.get(name).length <= max, 'too-long', `must have at most ${max} characters`]);
  }

  oneLine(names: readonly Name[]): Check<Name>[] {
    return names.map((name) => [name, !CONTROL.test(this.get(name)), 'control-character', 'must not hold control characters']);
  }

  instants(names: readonly Name[]): Check<Name>[] {
    return names.map((name) => [
      name,
      this.get(name) === '' || isInstant(this.get(name)),
      'instant',
      'must be an instant with its offset, such as 2026-11-21T09:30:00+08:00',
    ]);
  }

  oneOf(name: Name, allowed: readonly string[]): Check<Name> {
    return [name, allowed.includes(this.get(name)), 'unknown-value', `must be one of ${allowed.filter((one) => one !== '').join(', ')}`];
  }
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001F\u007F]/;

export function isZone(id: string): boolean {
  try {
    return Zone.of(id) !== undefined;
  } catch {
    return false;
  }
}
