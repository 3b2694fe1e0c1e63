import { EvidenceModule } from '#evidence-log';

const LOG = 'collections';

/** Where the evidence of this service is shown and proved. */
export const evidenceRoom = EvidenceModule.serving(LOG);
/** Where it is sealed. */
export const evidenceSealing = EvidenceModule.working(LOG);
