type Listener = () => void;

const listeners = new Set<Listener>();

/** A service said 401: whoever shows the page asks the user to sign in again, so that what was typed is not lost without a word. */
export function sessionEnded(): void {
  for (const listener of listeners) listener();
}

export function onSessionEnd(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
