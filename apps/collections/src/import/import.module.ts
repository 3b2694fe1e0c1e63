import { ImportsModule } from '#imports';
import { uploadModule } from '../uploads.ts';
import { CaseImportStore } from './case-import.store.ts';
import { CasesKind } from './cases.kind.ts';
import { ContactLogKind } from './contact-log.kind.ts';
import { LogImportStore } from './log-import.store.ts';

/** The files that this service imports, and who may bring them. */
export const importModule = ImportsModule.with({
  uploads: uploadModule,
  kinds: { cases: CasesKind, 'contact-log': ContactLogKind },
  providers: [CaseImportStore, LogImportStore],
  mayCreate: ['collections-manager', 'agency-supervisor', 'integration', 'admin'],
  mayRead: ['collections-manager', 'agency-supervisor', 'compliance', 'integration', 'admin'],
});
