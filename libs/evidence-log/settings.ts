import { integer, text, type ConfigOf } from '#config';

const group = 'evidence';

/** What a service that keeps evidence reads; spread into the app's own settings. */
export const evidenceSettings = {
  sealEveryMs: integer('EVIDENCE_SEAL_EVERY_MS', {
    group,
    description: 'How often what was recorded as evidence is ordered and signed, in milliseconds',
    fallback: 1000,
    min: 100,
  }),
  evidenceRecheckEveryMs: integer('EVIDENCE_RECHECK_EVERY_MS', {
    group,
    description: 'How often records are looked for that neither have a place in the log nor wait for one, in milliseconds',
    fallback: 60_000,
    min: 100,
  }),
  evidenceKeyDays: integer('EVIDENCE_KEY_DAYS', {
    group,
    description: 'Days after which another key signs the tree heads; what the old one signed stays valid',
    fallback: 365,
    min: 1,
    max: 3650,
  }),
  anchorsEveryMs: integer('EVIDENCE_ANCHOR_EVERY_MS', {
    group,
    description:
      'How often the newest tree head is left outside, in milliseconds, where EVIDENCE_ANCHOR_FOLDER or EVIDENCE_ANCHOR_URL is set',
    fallback: 600_000,
    min: 100,
  }),
  anchorFolder: text('EVIDENCE_ANCHOR_FOLDER', {
    group,
    description: 'Folder into which tree heads are written, a file each; best one that this service can add to and not change. Empty: none',
    fallback: '',
  }),
  anchorUrl: text('EVIDENCE_ANCHOR_URL', {
    group,
    description: 'Takes a POST of each tree head, signed with EVIDENCE_ANCHOR_SECRET. Empty: none',
    fallback: '',
    secret: true,
  }),
  anchorSecret: text('EVIDENCE_ANCHOR_SECRET', {
    group,
    description: 'Key that signs what is sent to EVIDENCE_ANCHOR_URL, 32 characters at least; empty: it is not signed',
    fallback: '',
    secret: true,
  }),
  anchorTimeoutMs: integer('EVIDENCE_ANCHOR_TIMEOUT_MS', {
    group,
    description: 'How long the other side may take to answer',
    fallback: 10_000,
    min: 50,
    max: 120_000,
  }),
};

export type EvidenceConfig = ConfigOf<typeof evidenceSettings>;
