import { UploadModule, type UploadUse } from '#uploads';

export const uploadUse: UploadUse = {
  users: ['import'],
  keepers: ['report_file', 'complaint_file', 'complaint_export', 'mail'],
  whenTooLarge: 'Send it in parts.',
};

/** The files of this service: one module for all rooms that take them. */
export const uploadModule = UploadModule.with(uploadUse);
