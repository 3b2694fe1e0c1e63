import type { Language } from '#contact-rules';
import type { Progress } from './progress.ts';

export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const phases = {
  zh: { reading: '读取', sorting: '排序', judging: '审查' },
  en: { reading: 'reading', sorting: 'sorting', judging: 'judging' },
} as const;

const TTY_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;

export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${clock}` : clock;
}

export function progressLine(progress: Progress, language: Language): string {
  const { phase, rows, totalRows, bytes, totalBytes, rowsPerSecond, secondsLeft } = progress;
  const name = phases[language][phase];
  const count = (value: number): string => Math.round(value).toLocaleString('en-US');
  const done = totalRows === null ? count(rows) : `${count(rows)} / ${count(totalRows)}`;
  const rate = count(rowsPerSecond);
  const left = secondsLeft === null ? '--:--' : duration(secondsLeft);
  return language === 'zh'
    ? `${name} ${done} 行，${megabytes(bytes)} / ${megabytes(totalBytes)} MB，${rate} 行/秒，约剩 ${left}`
    : `${name} ${done} rows, ${megabytes(bytes)} / ${megabytes(totalBytes)} MB, ${rate} rows/s, about ${left} left`;
}

/** One line that is written over on a terminal, a line every few seconds elsewhere. */
export class ProgressDisplay<P = Progress> {
  private lastMs: number;
  private shown = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly toLine: (progress: P) => string,
    private readonly elapsedMs: () => number,
  ) {
    this.lastMs = elapsedMs();
  }

  show(progress: P): void {
    const now = this.elapsedMs();
    if (now - this.lastMs < (this.terminal.isTTY ? TTY_EVERY_MS : LINE_EVERY_MS)) return;
    this.lastMs = now;
    const line = this.toLine(progress);
    this.terminal.write(this.terminal.isTTY ? `\r\u001B[K${line}` : `${line}\n`);
    this.shown = true;
  }

  /** Leaves the terminal at the start of an empty line. */
  clear(): void {
    if (this.terminal.isTTY && this.shown) this.terminal.write('\r\u001B[K');
    this.shown = false;
  }
}
