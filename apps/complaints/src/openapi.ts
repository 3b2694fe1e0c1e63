import { describeService } from '#entry';
import { complaints } from './server.ts';

/** The OpenAPI document of the complaints service, as committed in `openapi.json`. */
export const complaintsOpenApi = (): Promise<string> => describeService(complaints);
