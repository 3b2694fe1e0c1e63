export { UploadModule, type UploadUse } from './upload.module.ts';
export { UploadService, type ReceivedForm } from './upload.service.ts';
export { UploadStore, type StoredUpload } from './upload.store.ts';
