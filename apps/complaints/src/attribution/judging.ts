import { OWN_PREFIX, PACKS } from '#contact-rules';
import type { FieldError } from '#problem';
import type { AttributionRequest, CauseKind } from './attribution.dto.ts';

/** What of the file a cause rests on. */
export interface Ground {
  readonly kind: string;
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[];
  /** Scripts that could be read out, `id@version`; null: it is not said. */
  readonly scripts: readonly string[] | null;
}

const RULES: ReadonlySet<string> = new Set(Object.values(PACKS).flatMap((pack) => pack.rules.map(({ ruleId }) => ruleId)));

/** Whether a second person has to confirm it: it names one. */
export const namesPerson = (kind: CauseKind): boolean => kind === 'collector';

/** What is wrong with a cause; empty: nothing. What was attached by hand carries what its author says. */
export function checkCause({ kind, target, targetVersion, itemId }: AttributionRequest, ground: Ground | null): FieldError[] {
  const errors: FieldError[] = [];
  const add = (pointer: string, detail: string): void => void errors.push({ pointer, detail });
  if (kind === 'none') {
    if (target) add('/target', 'must be left out: `none` names nobody');
    if (targetVersion) add('/targetVersion', 'is of a script');
    return errors;
  }
  if (!target) add('/target', 'is needed');
  if (kind !== 'script' && targetVersion) add('/targetVersion', 'is of a script');
  if (kind === 'script' && !targetVersion) add('/targetVersion', 'is needed: which version of the script');
  if (!itemId) add('/itemId', 'is needed: which decision or recording of the file it rests on');
  else if (ground === null) add('/itemId', 'is nothing of this complaint’s file');
  if (!target || ground === null) return errors;
  const byHand = ground.kind === 'attached';
  if (kind === 'rule' && !RULES.has(target) && !target.startsWith(OWN_PREFIX)) add('/target', 'is the id of no rule');
  if (kind === 'collector' && !ground.collectorIds.includes(target) && !(byHand && ground.collectorIds.length === 0))
    add('/target', `did not take part in it${ground.collectorIds.length > 0 ? `; who did: ${ground.collectorIds.join(', ')}` : ''}`);
  if (kind === 'agency' && ground.agencyId !== target && !(byHand && ground.agencyId === null))
    add('/target', `did not do it; ${ground.agencyId === null ? 'the bank itself did' : `${ground.agencyId} did`}`);
  if (kind === 'script' && ground.scripts !== null && !ground.scripts.includes(`${target}@${targetVersion ?? 0}`))
    add('/target', 'could not be read out in that contact: it was not approved then, or is for others');
  return errors;
}
