export interface Progress {
  readonly phase: 'reading' | 'sorting' | 'judging';
  /** Rows of this phase so far; while judging out of `totalRows`. */
  readonly rows: number;
  /** Null while reading: not known yet. */
  readonly totalRows: number | null;
  readonly bytes: number;
  readonly totalBytes: number;
  /** Of this phase. */
  readonly rowsPerSecond: number;
  /** Of the whole look-back; null while there is nothing to estimate from. */
  readonly secondsLeft: number | null;
}

// Reading and judging a row cost about the same.
const READING_SHARE = 0.5;

/** Rates and time left from counts. It does not decide how often somebody is told: that is the listener's business. */
export class ProgressMeter {
  private phase: Progress['phase'] = 'reading';
  private rows = 0;
  private rowsToJudge = 0;
  private bytesBefore = 0;
  private bytes = 0;
  private totalBytes = 0;
  private startedMs = 0;
  private phaseMs = 0;

  constructor(
    private readonly elapsedMs: () => number,
    private readonly tell: (progress: Progress) => void,
  ) {}

  begin(totalBytes: number): void {
    this.totalBytes = totalBytes;
    this.startedMs = this.elapsedMs();
    this.phaseMs = this.startedMs;
    this.report();
  }

  readSoFar(rows: number, bytesOfFile: number): void {
    this.rows = rows;
    this.bytes = this.bytesBefore + bytesOfFile;
    this.report();
  }

  fileDone(bytesOfFile: number): void {
    this.bytesBefore += bytesOfFile;
  }

  sorting(): void {
    this.phase = 'sorting';
    this.rowsToJudge = this.rows;
    this.report();
  }

  judged(rows: number): void {
    if (this.phase !== 'judging') {
      this.phase = 'judging';
      this.phaseMs = this.elapsedMs();
      this.rows = 0;
    }
    this.rows += rows;
    this.report();
  }

  /** Rows that were left out are not judged: the end is the end all the same. */
  done(): void {
    this.phase = 'judging';
    this.rowsToJudge = this.rows;
    this.report();
  }

  private report(): void {
    const now = this.elapsedMs();
    const { phase, rows, bytes, totalBytes } = this;
    const reading = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
    const judging = this.rowsToJudge === 0 ? 1 : Math.min(1, rows / this.rowsToJudge);
    const share =
      phase === 'reading' ? reading * READING_SHARE : phase === 'sorting' ? READING_SHARE : READING_SHARE + judging * (1 - READING_SHARE);
    const seconds = (now - this.phaseMs) / 1000;
    this.tell({
      phase,
      rows,
      totalRows: phase === 'reading' ? null : this.rowsToJudge,
      bytes,
      totalBytes,
      rowsPerSecond: seconds > 0 ? rows / seconds : 0,
      secondsLeft: share > 0 && now > this.startedMs ? ((now - this.startedMs) / 1000) * (1 / share - 1) : null,
    });
  }
}
