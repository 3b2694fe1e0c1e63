export { UploadModule, type UploadUse } from './upload.module.ts';
export { UploadService, type FormLimits, type ReceivedFile, type ReceivedForm, type ReceivedForms } from './upload.service.ts';
export { UploadStore, type StoredUpload } from './upload.store.ts';
