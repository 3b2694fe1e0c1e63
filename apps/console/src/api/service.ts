import { collections, complaints } from './client.ts';

/** The services that answer under the same routes in rooms that both have: reports, evidence, retention, what regulators read. */
export const SERVICES = ['collections', 'complaints'] as const;
export type Service = (typeof SERVICES)[number];
export const isService = (value: string | null): value is Service => SERVICES.some((service) => service === value);

/** The client of either, for the routes that both have: there the two differ in type alone. */
export const eitherClient = (service: Service): typeof complaints =>
  service === 'collections' ? (collections as unknown as typeof complaints) : complaints;
