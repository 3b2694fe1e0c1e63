// What a supervisor of the demo institution has: a bulk act that waits for another's approval, a tag, filters, a forecast.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { BulkService } from '../apps/complaints/src/bulk/bulk.service.ts';
import { ForecastService } from '../apps/complaints/src/forecast/forecast.service.ts';
import { SavedFilterService } from '../apps/complaints/src/saved-filter/saved-filter.service.ts';
import { TagService } from '../apps/complaints/src/tag/tag.service.ts';
import { institutionId } from './make-data/index.ts';
import { servicesOf } from './seed-app.ts';
import { person } from './seed-people.ts';

const SUPERVISOR = person('demo-supervisor', 'complaint-supervisor');
// Not the supervisor who signs in to the demo: so there is something for that one to approve.
const COLLEAGUE = person('demo-supervisor-2', 'complaint-supervisor');
const REQUEST = 'seed';
const MOST = 6;

async function openOnes(app: INestApplicationContext): Promise<string[]> {
  const rows = await inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    tx.query<{ id: string }>(
      'select id from complaint where institution_id = $1 and closed_at is null and decided_at is null order by due_at, id limit $2',
      [institutionId, MOST],
    ),
  );
  return rows.map(({ id }) => id);
}

/** Once: whoever has filters has been here. */
export async function seedSupervision(app: INestApplicationContext): Promise<void> {
  const get = servicesOf(app);
  const filters = get(SavedFilterService);
  if ((await filters.list(SUPERVISOR)).items.length === 0) {
    const ids = await openOnes(app);
    const sharedRole = 'complaint-handler';
    await filters.create(SUPERVISOR, { name: '超期的催收投诉', filter: { category: 'collection' }, sharedRole }, null);
    await filters.create(SUPERVISOR, { name: '无人经办', filter: { handler: 'none' } }, null);
    for (const id of ids.slice(0, 2)) await get(TagService).add(SUPERVISOR, id, '媒体关注');
    const bulks = get(BulkService);
    await bulks.propose(COLLEAGUE, { action: 'declare-complex', note: '涉及多家机构，需向外部调取录音', ids }, null, REQUEST);
    await bulks.propose(SUPERVISOR, { action: 'add-tag', tag: '回访优先', note: '本月回访名单', ids: ids.slice(0, 3) }, null, REQUEST);
  }
  await get(ForecastService).compute();
}
