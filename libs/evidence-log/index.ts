export {
  append,
  appendFrom,
  personalColumns,
  plainSource,
  recordRead,
  sealPersonal,
  SUBJECT_KEY_CONTEXT,
  type NewRecord,
  type PersonalPart,
} from './append.ts';
export { Anchors } from './anchors.ts';
export { destroySubjectKeys } from './erasure.ts';
export { EvidenceModule } from './evidence.module.ts';
export { EvidenceService } from './evidence.service.ts';
export { EvidenceWork } from './evidence.work.ts';
export { sealBacklog } from './evidence.metrics.ts';
export { KeyStore, SIGNING_KEY_CONTEXT } from './keys.ts';
export { newestHead } from './newest-head.ts';
export { LOG_NAME, Sealer } from './sealer.ts';
export { Restoring } from './restore.ts';
export { RotationService } from './rotation.service.ts';
export { SignInRecorder } from './sign-in.recorder.ts';
export { SignInService } from './sign-in.service.ts';
export { evidenceSettings, type EvidenceConfig } from './settings.ts';
