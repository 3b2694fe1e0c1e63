import { UploadModule, type UploadUse } from '#uploads';

export const uploadUse: UploadUse = {
  users: ['import', 'lookback', 'reconciliation', 'screening'],
  keepers: ['report_file', 'screening_file', 'inspection_file', 'recording', 'visit_photo', 'plan', 'proof', 'agency_document'],
  whenTooLarge: 'Send it in parts, or audit it with the look-back command, which takes any size.',
};

/** The files of this service: one module for all rooms that take them. */
export const uploadModule = UploadModule.with(uploadUse);
