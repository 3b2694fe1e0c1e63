import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call of what comes after the decision. All of them throw Problem.

type Schemas = components['schemas'];
export type Review = Schemas['ReviewView'];
export type ReviewItem = Schemas['ReviewItem'];
export type Mediation = Schemas['MediationView'];
export type Callback = Schemas['CallbackView'];
export type RootCause = Schemas['RootCauseView'];
export type Rectification = Schemas['RectificationView'];
export type RectificationItem = Schemas['RectificationItem'];
export type Effect = Schemas['EffectView'];
export type Figures = Schemas['FiguresView'];

const of = (id: string) => ({ params: { path: { id } } });

export const findReviews = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/complaints/{id}/reviews', { ...of(id), signal }));
export const findMediations = (id: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/complaints/{id}/mediations', { ...of(id), signal }));
export const findCallbacks = (id: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/complaints/{id}/callbacks', { ...of(id), signal }));
export const findChain = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/complaints/{id}/chain', { ...of(id), signal }));
export const findCauses = (id: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/complaints/{id}/root-causes', { ...of(id), signal }));
export const findRectification = (id: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/rectifications/{id}', { ...of(id), signal }));

const paged = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

export const listReviews = (open: boolean, cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/reviews', { params: { query: { open, ...paged(cursor) } }, signal }));
export const listRectifications = (open: boolean, cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/rectifications', { params: { query: { open, ...paged(cursor) } }, signal }));
export const listCallbacks = (which: 'to-call' | 'to-look', cursor: string | undefined, signal: AbortSignal) =>
  take(complaints.GET('/v1/callbacks', { params: { query: { which, ...paged(cursor) } }, signal }));
export const readFigures = (from: string, to: string, by: 'handler' | 'unit' | 'agency' | 'cause', signal: AbortSignal) =>
  take(complaints.GET('/v1/satisfaction-figures', { params: { query: { from, to, by } }, signal }));

/** The bodies of these acts differ: the form knows them, the service checks them. */
export const act = (path: string, body: object, key: string): Promise<unknown> =>
  take(
    complaints.POST(path as '/v1/complaints/{id}/complexity', { body, params: { path: { id: '' }, header: { 'Idempotency-Key': key } } }),
  );
