import { ImportsModule } from '#imports';
import { uploadModule } from '../uploads.ts';

/** The files that this service imports, and who may bring them. */
export const importModule = ImportsModule.with({
  uploads: uploadModule,
  kinds: {},
  providers: [],
  mayCreate: ['complaint-supervisor', 'complaint-handler', 'integration', 'admin'],
  mayRead: ['complaint-supervisor', 'complaint-handler', 'compliance', 'integration', 'admin'],
});
