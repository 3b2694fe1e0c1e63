import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { Language } from '../../i18n/language.ts';
import type { Way } from './ways.ts';

export type Purpose = 'collect' | 'locate' | 'relay' | 'remind';
export const PURPOSES: readonly Purpose[] = ['collect', 'remind', 'locate', 'relay'];

const AGAIN_MS = 60_000;
// A timer's moment may be a little before the server's.
const LATER_MS = 500;

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}', { params: { path: { id } }, signal })),
  });

export interface Asked {
  readonly caseId: string;
  readonly partyId: string;
  readonly contactPointId: string;
  readonly way: Way;
  readonly purpose: Purpose;
  readonly language: Language;
}

/** Asked again every minute, and when the time has come at which it would be permitted. */
export const contactabilityQuery = ({ caseId, partyId, contactPointId, way, purpose, language }: Asked) =>
  queryOptions({
    // The messages are in the reader's language.
    queryKey: ['contactability', caseId, contactPointId, way.id, purpose, language],
    queryFn: ({ signal }) =>
      take(
        collections.GET('/v1/cases/{id}/contactability', {
          params: {
            path: { id: caseId },
            query: { partyId, contactPointId, channel: way.channel, purpose, ...(way.mode && { mode: way.mode }) },
          },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => {
      const next = state.data?.verdict === 'refused' ? state.data.nextPermittedAt : null;
      const untilMs = next === null || next === undefined ? AGAIN_MS : Date.parse(next) - Date.now() + LATER_MS;
      return Math.min(AGAIN_MS, Math.max(1000, untilMs));
    },
  });

export const attemptQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: ['attempt', id, language],
    queryFn: ({ signal }) => take(collections.GET('/v1/contact-attempts/{id}', { params: { path: { id } }, signal })),
    // Whoever waits to call must see at once that the permit has been taken back.
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? 2000 : false),
  });

export type TemplateChannel = 'sms' | 'email' | 'im' | 'letter';

/** The templates that somebody has approved for the channel. */
export const templatesQuery = (channel: TemplateChannel) =>
  queryOptions({
    queryKey: ['templates', channel],
    queryFn: ({ signal }) =>
      take(collections.GET('/v1/message-templates', { params: { query: { channel, state: 'approved', limit: 200 } }, signal })),
  });
