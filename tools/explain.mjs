// What goes wrong on people's machines, each with one line that says what to do. Plain JavaScript: it must load on any Node.

export class Told extends Error {}

const known = [
  [
    /ENOSPC|No space left on device|disk full|could not extend file/i,
    (where) => `The disk is full: free some space where ${where} lies, then run the same command again.`,
  ],
  [
    /EDQUOT|Disk quota exceeded/i,
    (where) => `Your disk quota is used up: free some space where ${where} lies, then run the same command again.`,
  ],
  [
    /EROFS|read-only file system/i,
    (where) => `${where} is on a read-only file system: copy the project to a folder that can be written and run it there.`,
  ],
  [
    /EACCES|EPERM|permission denied|Operation not permitted/i,
    (where) => `${where} cannot be written by this user: run as the folder's owner, or copy the project to a folder of your own.`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|ENOTCACHED|network (request|timeout)/i,
    () => 'The packages could not be fetched: check the network (or npm proxy settings), then run the same command again.',
  ],
  [/EMFILE|ENFILE|too many open files/i, () => 'Too many open files: raise the limit (ulimit -n 4096) and run the same command again.'],
];

export function explain(failure, where) {
  if (failure instanceof Told) return failure.message;
  const text = failure instanceof Error ? `${failure.code ?? ''} ${failure.message}` : String(failure);
  for (const [pattern, line] of known) if (pattern.test(text)) return line(where);
  return null;
}
