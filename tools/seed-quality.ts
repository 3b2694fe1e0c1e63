// Recordings of the last whole week drawn for review, and some of the reviews: good ones, one that fails, one that two see otherwise.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { PlanService, weekBefore } from '../apps/collections/src/quality/plan.service.ts';
import type { ReviewWithSheet } from '../apps/collections/src/quality/review.dto.ts';
import { ReviewService } from '../apps/collections/src/quality/review.service.ts';
import { institutionId } from './make-data/index.ts';
import { compliance as lin, dayIn, manager as chen } from './seed-people.ts';

const REVIEWED = 24;

/** A log tells of no recordings; the dialers of the demo kept some of the talks of that week. */
const RECORDED = `
  update contact set recording = 'demo-pbx/' || to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '/' || right(id::text, 12)
  where institution_id = $1 and initiator = 'us' and channel = 'voice' and result = 'conversation' and recording is null
    and at >= $2::date::timestamp at time zone 'Asia/Shanghai' and at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai'
    and hashtext(debtor_id) % 7 = 0`;

const FAULTS: Readonly<Record<number, readonly string[]>> = {
  2: ['tone', 'hardship-heard'],
  5: ['recording-told'],
  9: ['objection-heard'],
  14: ['tone', 'outcome-noted', 'person-verified', 'hardship-heard'],
  17: ['third-party-respected'],
};

const marksOf = ({ sheet, position }: ReviewWithSheet, faults: readonly string[], index: number) =>
  sheet.items.map(({ id }) => {
    // The second reviewer hears it a little otherwise now and then.
    const differs = position === 2 && index % 4 === 1 && id === 'tone';
    return { item: id, mark: faults.includes(id) !== differs ? ('not-met' as const) : ('met' as const) };
  });

async function reviewed(reviews: ReviewService): Promise<number> {
  const open = (await reviews.list(lin, { limit: 200 })).items.toSorted((a, b) =>
    a.sampleId + a.position < b.sampleId + b.position ? -1 : 1,
  );
  const chosen = open.slice(0, REVIEWED);
  const samples = [...new Set(chosen.map(({ sampleId }) => sampleId))];
  for (const { id, position, sampleId } of chosen) {
    const who = position === 1 ? lin : chen;
    const index = samples.indexOf(sampleId);
    const faults = FAULTS[index] ?? [];
    const review = await reviews.find(who, id);
    const comment = faults.length > 0 ? '开场白过快，对方两次要求重复；请组内复训。' : '流程完整，语气平和。';
    await reviews.finish(who, id, { marks: marksOf(review, faults, index), comment }, null);
  }
  return chosen.length;
}

/** Once; how many reviews are done. */
export async function seedQuality(app: INestApplicationContext): Promise<number> {
  const plans = app.get(PlanService, { strict: false });
  if ((await plans.setting(lin)).isSet) return 0;
  const week = weekBefore(dayIn(0));
  await inTransaction(app.get(DataSource), { institutionId }, (tx) => tx.query(RECORDED, [institutionId, week.from, week.to]));
  await plans.set(lin, { percent: 10, minimum: 6, secondPercent: 30, reviewers: [] });
  await plans.draw(lin, week, null);
  return reviewed(app.get(ReviewService, { strict: false }));
}
