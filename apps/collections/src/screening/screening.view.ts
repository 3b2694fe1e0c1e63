import type { ScreeningView } from './screening.dto.ts';
import type { ScreeningRecord } from './screening.store.ts';

export function toView(record: ScreeningRecord): ScreeningView {
  const { summary, failure } = record;
  return {
    id: record.id,
    name: record.name,
    state: record.state,
    progress: record.progress,
    failure: failure && { code: failure.code, detail: failure.detail, row: failure.row ?? null, column: failure.column ?? null },
    agencyId: record.agencyId,
    question: record.question,
    filter: { ...record.filter, list: record.listName },
    at: summary?.at ?? record.question.at,
    cases: summary?.cases ?? null,
    permitted: summary?.permitted ?? null,
    refused: summary?.refused ?? null,
    notJudged: summary?.notJudged ?? null,
    unknownCaseIds: summary?.unknownCaseIds ?? [],
    unreadableRows: summary?.unreadableRows ?? [],
    byRule: summary?.byRule ?? [],
    byAgency: summary?.byAgency ?? [],
    byNextHour: summary?.byNextHour ?? [],
    nextLater: summary?.nextLater ?? null,
    nextNever: summary?.nextNever ?? null,
    policies: summary?.policies ?? [],
    requestedBy: record.requestedBy,
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
  };
}
