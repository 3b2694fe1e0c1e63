import { describeService } from '#entry';
import { collections } from './server.ts';

/** The OpenAPI document of the collections service, as committed in `openapi.json`. */
export const collectionsOpenApi = (): Promise<string> => describeService(collections);
