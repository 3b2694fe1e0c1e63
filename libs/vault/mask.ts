/** First character, the rest as stars: 张**. Latin names keep the initials. */
export function maskName(name: string): string {
  const characters = [...name];
  if (/^[\p{Script=Latin}\s.'-]+$/u.test(name)) return name.replace(/(\p{L})\p{L}*/gu, '$1***');
  return characters.length === 0 ? '' : `${characters[0]}${'*'.repeat(Math.max(1, characters.length - 1))}`;
}

/** Enough to recognise the number beside the phone, not enough to call it: 138****0001. Short values are hidden whole. */
export function maskContactPoint(value: string): string {
  const at = value.indexOf('@');
  if (at > 0) return `${at === 1 ? '' : value.slice(0, 1)}***${value.slice(at)}`;
  const characters = [...value.replace(/^\+86/, '')];
  if (characters.length < 7) return '*'.repeat(characters.length);
  // Four at least stay hidden, also of a short landline number.
  return `${characters.slice(0, 3).join('')}****${characters.slice(Math.max(7, characters.length - 4)).join('')}`;
}

/** The first three and the last two: 230***********12. */
export function maskIdNumber(value: string): string {
  return value.length < 8 ? '*'.repeat(value.length) : `${value.slice(0, 3)}${'*'.repeat(value.length - 5)}${value.slice(-2)}`;
}
