/** Where `now` comes from. `override` null means PostgreSQL's clock_timestamp(), read after the locks are held. */
export abstract class Clock {
  abstract readonly override: Date | null;
}

export class DatabaseClock extends Clock {
  readonly override = null;
}

/** A clock that stands where the test puts it. */
export class FixedClock extends Clock {
  constructor(public override: Date) {
    super();
  }
}
