import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import { append } from '#evidence-log';
import { databaseNow, inTransaction } from '#pg';
import { FORBIDDEN, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type { MandateView, ReadFilter, RegulatorReadView } from './read.dto.ts';
import type { Look } from './read.look.ts';
import { ReadStore, type ReadRow } from './read.store.ts';

/** What regulators looked at: noted, and shown to them and to the institution. */
@Injectable()
export class ReadService {
  private readonly store = new ReadStore();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Notes a look. The same one again within the minute is counted; evidence of it is the first of them. */
  async note(principal: Principal, look: Look, status: number): Promise<void> {
    const { institutionId, subject, clientId, homeInstitutionId } = principal;
    await inTransaction(this.database, principal, async (tx) => {
      const now = this.clock.override ?? (await databaseNow(tx));
      const id = await this.store.note(tx, { institutionId, subject, clientId, look, status, now });
      if (id === null) return;
      const body = {
        readId: id,
        clientId,
        ...look,
        status,
        ...(homeInstitutionId !== undefined && { homeInstitution: homeInstitutionId }),
      };
      await append(tx, institutionId, [{ kind: 'regulator-read', actor: subject, body }]);
    });
  }

  /** The newest first: a regulator's own, the institution's all. Refuses with FORBIDDEN (who belongs to an agency), INVALID. */
  async list(principal: Principal, { limit = 50, cursor, ...filter }: ReadFilter): Promise<Page<RegulatorReadView>> {
    const { institutionId, agencyId, roles, subject: own } = principal;
    if (agencyId !== null)
      throw new Refusal(FORBIDDEN, { detail: 'What regulators read is about the whole institution; you belong to an agency.' });
    const { subject = null, resource = null, route = null, from = null, to = null } = filter;
    const before = decodeCursor(cursor, isUuid);
    const isBank = roles.includes('compliance') || roles.includes('admin');
    if (!isBank && subject !== null && subject !== own) return { items: [], nextCursor: null };
    const selection = { subject: isBank ? subject : own, resource, route, from, to, timeZone: DEFAULT_TIME_ZONE, before };
    const rows = await inTransaction(this.database, principal, (tx) => this.store.list(tx, institutionId, selection, limit + 1));
    return toPage(rows, limit, ({ id }) => id, toView);
  }

  mandate({ institutionId, homeInstitutionId, mandate = [] }: Principal): MandateView {
    return { institution: institutionId, institutions: [homeInstitutionId ?? institutionId, ...mandate] };
  }
}

const toView = ({ id, subject, clientId, method, route, resource, query, status, times, firstAt, lastAt }: ReadRow): RegulatorReadView => ({
  id,
  subject,
  clientId,
  method,
  route,
  resource,
  query,
  status,
  times,
  firstAt: firstAt.toISOString(),
  lastAt: lastAt.toISOString(),
});
