import { ImportsModule } from '#imports';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { uploadModule } from '../uploads.ts';
import { CfpbKind } from './cfpb.kind.ts';
import { ComplaintsKind } from './complaints.kind.ts';
import { FileRegistration } from './file-registration.ts';

/** The files that this service imports, and who may bring them. */
export const importModule = ImportsModule.with({
  uploads: uploadModule,
  rooms: [ComplaintModule],
  kinds: { complaints: ComplaintsKind, cfpb: CfpbKind },
  providers: [FileRegistration],
  mayCreate: ['complaint-supervisor', 'complaint-handler', 'integration', 'admin'],
  mayRead: ['complaint-supervisor', 'complaint-handler', 'compliance', 'integration', 'admin'],
});
