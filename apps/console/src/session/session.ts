import { createContext, useContext } from 'react';
import { CONSOLE_HEADER } from '../api/client.ts';
import { offline, toProblem } from '../api/problem.ts';
import { operationRoles } from '../api/roles.ts';
import { forgetInstitution } from './institution.ts';
import { sessionEnded } from '../api/session-end.ts';

export interface Session {
  readonly subject: string;
  readonly name: string;
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly roles: readonly string[];
}

type OperationRoles = typeof operationRoles;
/** An operation of a service, such as `collections.listCases`. */
export type Operation = {
  [Service in keyof OperationRoles & string]: `${Service}.${keyof OperationRoles[Service] & string}`;
}[keyof OperationRoles & string];

/** Who is signed in; null when nobody is. Throws Problem. */
export async function fetchSession(signal: AbortSignal): Promise<Session | null> {
  const answer = await fetch('/auth/session', { signal, headers: { accept: 'application/json' } }).catch(() => {
    throw offline();
  });
  if (answer.status === 401) return null;
  if (!answer.ok) throw toProblem(answer.status, await answer.text(), answer.headers);
  const body = (await answer.json()) as { signedIn: boolean } & Session;
  return body.signedIn ? body : null;
}

let known: Session | null = null;

/**
 * As fetchSession, for a page that is already shown: whose session ended keeps what they typed and is asked to sign in again; where
 * somebody else signed in meanwhile, in another tab, nothing of the one before stays on the screen. Throws Problem.
 */
export async function followSession(signal: AbortSignal): Promise<Session | null> {
  const found = await fetchSession(signal);
  // Left by a regulator: the services refuse it to everybody else.
  if (found && (!found.roles.includes('regulator') || (known !== null && found.subject !== known.subject))) forgetInstitution();
  if (known === null || found?.subject === known.subject) {
    known = found;
    return found;
  }
  if (found === null) sessionEnded();
  else globalThis.location.reload();
  return known;
}

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in: pages are shown to nobody else. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('a page outside of the session');
  return session;
}

export function rolesOf(operation: Operation): readonly string[] {
  const [service = '', name = ''] = operation.split('.');
  return (operationRoles as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>)[service]?.[name] ?? [];
}

export const may = (session: Session, operation: Operation): boolean => rolesOf(operation).some((role) => session.roles.includes(role));

/** Whether any of these may be done. */
export const mayAny = (session: Session, needs: Operation | readonly Operation[]): boolean =>
  [needs].flat().some((operation) => may(session, operation));

/** Whether the signed-in user's role is let do this by the service. */
export const useMay = (operation: Operation): boolean => may(useSession(), operation);

export const useHasRole = (...roles: readonly string[]): boolean => {
  const session = useSession();
  return roles.some((role) => session.roles.includes(role));
};

/** Goes to sign in and comes back here. */
export function signIn(): void {
  const { pathname, search } = globalThis.location;
  globalThis.location.assign(`/auth/login?to=${encodeURIComponent(pathname + search)}`);
}

/** Throws Problem. */
export async function signOut(): Promise<void> {
  const answer = await fetch('/auth/logout', { method: 'POST', headers: { [CONSOLE_HEADER]: '1', accept: 'application/json' } }).catch(
    () => {
      throw offline();
    },
  );
  // Already signed out is signed out.
  if (!answer.ok && answer.status !== 401) throw toProblem(answer.status, await answer.text(), answer.headers);
  const body = (await answer.json().catch(() => ({}))) as { to?: string };
  globalThis.location.assign(body.to ?? '/');
}
