import { UploadModule } from '#uploads';

/** The files of this service: one module for all rooms that take them. */
export const uploadModule = UploadModule.with({ users: ['import'], keepers: ['report_file'], whenTooLarge: 'Send it in parts.' });
