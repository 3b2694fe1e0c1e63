const NAME = 'forbear_institution';

// A cookie, so that links and downloads are about it as well; the front passes it on as a header, and the services ask the token.
const set = (value: string, rest: string): void => {
  document.cookie = `${NAME}=${value}; path=/; SameSite=Strict${rest}`;
};

/** The institution that a regulator has chosen to look into; null: its own. */
export function chosenInstitution(): string | null {
  const found = document.cookie.split(/;\s*/).find((part) => part.startsWith(`${NAME}=`));
  return found === undefined ? null : decodeURIComponent(found.slice(NAME.length + 1));
}

export function forgetInstitution(): void {
  if (chosenInstitution() !== null) set('', '; max-age=0');
}

/** Everything that is shown is of one institution: the page begins anew. */
export function chooseInstitution(name: string | null): void {
  if (name === null) forgetInstitution();
  else set(encodeURIComponent(name), '');
  globalThis.location.assign('/');
}
