import { collections, complaints, take } from '../../../api/client.ts';
import type { components as TheirComponents } from '../../../api/collections.d.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call of what lies between a complaint and collections. All of them throw Problem.

type Schemas = components['schemas'];
export type Dossier = Schemas['DossierView'];
export type DossierItem = Schemas['DossierItemView'];
export type Attribution = Schemas['AttributionView'];
export type Recording = TheirComponents['schemas']['RecordingView'];

export interface Wanted {
  readonly kind?: DossierItem['kind'];
  readonly verdict?: 'permitted' | 'refused';
}

const of = (id: string) => ({ params: { path: { id } } });

export const findDossier = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/complaints/{id}/dossier', { ...of(id), signal }));
export const listItems = (id: string, wanted: Wanted, cursor: string | undefined, signal: AbortSignal) =>
  take(
    complaints.GET('/v1/complaints/{id}/dossier/items', {
      params: { path: { id }, query: { ...wanted, limit: 20, ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );
export const listAttributions = (id: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/complaints/{id}/attributions', { ...of(id), signal }));
export const findRecording = (id: string, signal: AbortSignal): Promise<Recording> =>
  take(collections.GET('/v1/recordings/{id}', { ...of(id), signal }));
