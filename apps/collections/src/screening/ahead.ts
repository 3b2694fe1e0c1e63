/** Begins to read at once, not when the first item is wanted: what takes long to begin then does so while others are read. */
export function ahead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  const first = items.next();
  // Whoever reads is told; until then there is nobody to tell.
  first.catch(() => undefined);
  return (async function* () {
    try {
      for (let next = await first; next.done !== true; next = await items.next()) yield next.value;
    } finally {
      await items.return(undefined);
    }
  })();
}
