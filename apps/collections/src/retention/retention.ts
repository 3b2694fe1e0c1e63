import { platformForEver, platformKinds, RetentionModule, type RetentionKinds } from '#retention';
import { contactKinds } from './contact-kinds.ts';
import { fileKinds } from './file-kinds.ts';
import { forEver } from './for-ever.ts';
import { peopleKinds } from './people-kinds.ts';

/** The kinds of record of this service. */
export const retentionKinds: RetentionKinds = {
  kinds: [...contactKinds, ...fileKinds, ...peopleKinds, ...platformKinds],
  forEver: [...forEver, ...platformForEver],
};

/** Where rules, holds and runs are asked for. */
export const retentionRoom = RetentionModule.serving(retentionKinds);
/** Where runs are carried out. */
export const retentionWorking = RetentionModule.working(retentionKinds);
