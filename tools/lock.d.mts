export interface Lock {
  /** Marks the lock so that a start that comes now waits for it. */
  stopping(): void;
  release(): void;
}
/** Takes the lock file, removing one whose process is gone. Throws Told when its process lives. `handedOver` is the pid we got it from. */
export function lockFolder(path: string, say: (line: string) => void, handedOver?: number): Lock;
/** A text that names one life of a process: its id may be used again, this is not. Null when it does not live. */
export function lifeOf(pid: number): string | null;
