import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { RevocationService } from '../src/contact/revocation.service.ts';
import { RevocationStore } from '../src/contact/revocation.store.ts';
import { AgencyImportStore } from '../src/import/agency-import.store.ts';
import { ConsequenceService } from '../src/standing/consequence.service.ts';
import { ListingService } from '../src/standing/listing.service.ts';
import { PublicationStore } from '../src/standing/publication.store.ts';
import { StandingService } from '../src/standing/standing.service.ts';
import { StandingStore } from '../src/standing/standing.store.ts';
import { TakeBackService } from '../src/standing/take-back.service.ts';
import { TakeBackStore } from '../src/standing/take-back.store.ts';
import { TaskService } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import type { Stage } from './stage.ts';

/** How agencies stand, and what follows from it, on a stage. */
export class StandingRoom {
  readonly acts: ActService;
  readonly revocations = new RevocationService(new RevocationStore());
  readonly listings = new ListingService(new PublicationStore());
  readonly takeBacks = new TakeBackService(new TakeBackStore(), new TaskService(new TaskStore()));
  readonly standings: StandingService;
  readonly imports: AgencyImportStore;

  constructor(stage: Stage) {
    this.acts = new ActService(new ActStore(), stage.vault);
    const consequences = new ConsequenceService(this.revocations, this.listings, this.takeBacks);
    this.standings = new StandingService(stage.clock, new StandingStore(), consequences, this.acts);
    this.imports = new AgencyImportStore(stage.vault, this.standings, this.listings, this.revocations);
  }
}
