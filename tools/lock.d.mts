export interface Lock {
  /** Writes this process's id into the lock it got from its parent, or renews its own. */
  take(): void;
  release(): void;
}
/** Takes the lock file, removing one whose process is gone. Throws Told when its process lives. `handedOver` is the pid we got it from. */
export function lockFolder(path: string, say: (line: string) => void, handedOver?: number): Lock;
/** A text that names one life of a process: its id may be used again, this is not. Null when it does not live. */
export function lifeOf(pid: number): string | null;
