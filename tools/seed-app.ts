import type { INestApplicationContext } from '@nestjs/common';

/** A service of an application, whichever module it is of. */
export const servicesOf =
  (app: INestApplicationContext) =>
  <T>(type: new (...dependencies: never[]) => T): T =>
    app.get<T>(type, { strict: false });
