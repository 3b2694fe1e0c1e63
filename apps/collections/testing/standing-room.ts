import { inTransaction } from '#pg';
import { CertificateStore } from '../src/agency-staff/certificate.store.ts';
import { FitnessService } from '../src/agency-staff/fitness.service.ts';
import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { RevocationService } from '../src/contact/revocation.service.ts';
import { RevocationStore } from '../src/contact/revocation.store.ts';
import { AgencyImportStore } from '../src/import/agency-import.store.ts';
import { ConsequenceService } from '../src/standing/consequence.service.ts';
import { ListingService } from '../src/standing/listing.service.ts';
import { PublicationStore } from '../src/standing/publication.store.ts';
import { StandingService, type StandingChanged, type StandingChanges, type StandingOptions } from '../src/standing/standing.service.ts';
import { StandingStore } from '../src/standing/standing.store.ts';
import { TakeBackService } from '../src/standing/take-back.service.ts';
import { TakeBackStore } from '../src/standing/take-back.store.ts';
import { TaskService } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import { BANK, type Stage } from './stage.ts';

/** How agencies stand, and what follows from it, on a stage. */
export class StandingRoom {
  readonly acts: ActService;
  readonly revocations = new RevocationService(new RevocationStore());
  readonly listings = new ListingService(new PublicationStore());
  readonly tasks = new TaskService(new TaskStore());
  readonly takeBacks = new TakeBackService(new TakeBackStore(), this.tasks);
  readonly fitness: FitnessService;
  readonly standings: StandingService;
  readonly imports: AgencyImportStore;

  constructor(private readonly stage: Stage) {
    this.acts = new ActService(new ActStore(), stage.vault);
    const consequences = new ConsequenceService(this.revocations, this.listings, this.takeBacks);
    this.standings = new StandingService(stage.clock, new StandingStore(), consequences, this.acts);
    this.fitness = new FitnessService(new CertificateStore(), this.standings, this.revocations, this.tasks);
    this.imports = new AgencyImportStore(stage.vault, this.standings, this.listings, this.fitness);
  }

  change(agencyId: string, changes: StandingChanges, options: StandingOptions = { reason: '巡检' }): Promise<StandingChanged> {
    return inTransaction(this.stage.source, { institutionId: BANK }, (tx) =>
      this.standings.change(tx, { institutionId: BANK, by: 'manager-1' }, agencyId, changes, options),
    );
  }

  /** An agency in good standing, on the list, with a case and a debtor of its own; the id of the case. */
  async agencyWithCase(agencyId: string): Promise<string> {
    await this.stage.addAgencies([agencyId]);
    const caseId = `C-${agencyId}`;
    const number = [...agencyId].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 0) % 100_000_000;
    await this.stage.addCases([
      { caseId, debtorId: `D-${agencyId}`, debtId: `L-${agencyId}`, contactPoint: `+86138${String(number).padStart(8, '0')}`, agencyId },
    ]);
    // The fixture has written the register past everyone: from here on both histories know of it.
    await this.change(agencyId, { lastEvaluatedOn: '2026-09-01' });
    return caseId;
  }

  listed(agencyId: string): Promise<ListedRow[]> {
    return this.stage.sql(
      `select from_at as from, until_at as until, left_because as because, phone, since from agency_publication where agency_id = $1 order by id`,
      [agencyId],
    );
  }
}

export interface ListedRow {
  readonly from: Date;
  readonly until: Date | null;
  readonly because: string | null;
  readonly phone: string | null;
  readonly since: Date;
}
