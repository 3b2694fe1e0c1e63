export interface StopOptions {
  /** How long the drain may take before the process exits with 1. */
  readonly graceMs?: number;
}

// Under the five seconds in which `npm start` promises to be gone, and the ten that Docker waits.
const GRACE_MS = 4000;

/** Tells the parent that this process serves: a service with its port, a worker without. */
export function announceReady(port?: number): void {
  if (process.connected) process.send?.(port === undefined ? { type: 'ready' } : { type: 'ready', port });
}

function whenParentIsGone(act: () => void): void {
  // `send` stays when the channel closes, so it tells "the parent died before we listened" from "never had a parent".
  if (process.send && !process.connected) {
    setImmediate(act);
    return;
  }
  process.once('disconnect', act);
  // Listening for 'disconnect' would keep an idle process alive for its parent's sake.
  process.channel?.unref();
}

/** Ends this process at once when its parent is gone: for migrations, seeds and other work that can be done again. */
export function stopWithParent(): void {
  whenParentIsGone(() => process.exit(1));
}

/**
 * Runs the drain once, at the first of SIGTERM, SIGINT and the end of the parent (its IPC channel closes even at kill -9), then exits:
 * 0 when drained, 1 when the drain threw or outlasted the grace time. Further signals change nothing.
 */
export function onStop(drain: () => Promise<void>, options: StopOptions = {}): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), options.graceMs ?? GRACE_MS).unref();
    try {
      await drain();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`stopping failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  whenParentIsGone(() => void stop());
}
