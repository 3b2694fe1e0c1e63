import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../../i18n/use-name.ts';
import { useMay } from '../../../session/session.ts';
import { Choice } from '../../../ui/choice.tsx';
import { MoreRows } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { Act } from '../after/act-form.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { findDossier, listItems, type Dossier, type Wanted } from './api.ts';
import { Causes } from './causes.tsx';
import { useDossierWord } from './dossier-words.ts';
import { HoldScope } from './hold-section.tsx';
import { ItemLine } from './item-line.tsx';

const REFRESH_MS = 5000;
const TONES: Readonly<Record<Dossier['state'], Tone>> = {
  none: 'quiet',
  waiting: 'wait',
  reading: 'busy',
  kept: 'good',
  'no-case': 'wait',
  'no-account': 'wait',
};
const FILTERS = ['all', 'refused', 'contact', 'recording', 'message', 'letter', 'visit', 'entrustment', 'attached'] as const;
type Filter = (typeof FILTERS)[number];

const wantedOf = (filter: Filter): Wanted => {
  if (filter === 'all') return {};
  return filter === 'refused' ? { kind: 'contact', verdict: 'refused' } : { kind: filter };
};

/** Where the file stands, and what may be done about it. */
function Standing({ dossier }: { readonly dossier: Dossier }): ReactNode {
  const { t } = useTranslation();
  const word = useDossierWord();
  const { state, since, problem, progress, readAt, nextReadAt } = dossier;
  return (
    <>
      <p>{word('stateHelp', state)}</p>
      {problem !== null && since !== null && (
        <p className="fb-note">
          {state === 'waiting'
            ? t('dossier.waitingSince', { time: localTime(since), why: word('problem', problem) })
            : word('problem', problem)}
        </p>
      )}
      {progress !== null && (
        <Progress
          aria-label={t('dossier.progress')}
          percent={progress.total ? Math.min(100, Math.round((progress.done / progress.total) * 100)) : 0}
          status="active"
        />
      )}
      {readAt !== null && (
        <p className="fb-soft">
          {t('dossier.readAt', { time: localTime(readAt) })}
          {nextReadAt !== null && ` · ${t('dossier.nextRead', { time: localTime(nextReadAt) })}`}
        </p>
      )}
    </>
  );
}

function Acts({ complaint, dossier }: { readonly complaint: Complaint; readonly dossier: Dossier }): ReactNode {
  const { t } = useTranslation();
  const mayRequest = useMay('complaints.requestDossier');
  const mayAttach = useMay('complaints.attachToDossier');
  if (complaint.closedAt !== null) return null;
  const path = `/v1/complaints/${complaint.id}/dossier`;
  return (
    <div className="fb-row">
      {mayRequest && (
        <Act
          label={dossier.account === null ? t('dossier.act.request') : t('dossier.act.otherAccount')}
          help={t('dossier.act.requestHelp')}
          path={path}
          timeZone={complaint.timeZone}
          isMain={dossier.account === null}
          fields={[
            { name: 'account', label: t('dossier.account'), kind: 'line', help: t('dossier.accountHelp') },
            { name: 'from', label: t('dossier.from'), kind: 'instant', optional: true, help: t('dossier.fromHelp') },
          ]}
        />
      )}
      {mayRequest && dossier.account !== null && <Act label={t('dossier.act.readAgain')} path={`${path}/readings`} />}
      {mayAttach && (
        <Act
          label={t('dossier.act.attach')}
          help={t('dossier.act.attachHelp')}
          path={`${path}/items`}
          timeZone={complaint.timeZone}
          fields={[
            { name: 'at', label: t('dossier.at'), kind: 'instant' },
            { name: 'summary', label: t('dossier.summary'), kind: 'long' },
            { name: 'caseId', label: t('dossier.caseId'), kind: 'line', optional: true },
            { name: 'agencyId', label: t('dossier.hold.agency'), kind: 'line', optional: true },
            { name: 'collectorId', label: t('dossier.hold.collector'), kind: 'line', optional: true },
          ]}
        />
      )}
    </div>
  );
}

function Refusals({ dossier }: { readonly dossier: Dossier }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const rules = Object.entries(dossier.counts.rules);
  if (rules.length === 0) return null;
  return (
    <p className="fb-soft">
      {t('dossier.refusedBy', { rules: rules.map(([rule, n]) => `${name('rules', rule)} ${String(n)}`).join(t('common.listSeparator')) })}
    </p>
  );
}

/** What collections did to the complainant: as it was read, what it holds, and what of it caused the complaint. */
export function DossierSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const word = useDossierWord();
  const may = useMay('complaints.findDossier');
  const [filter, setFilter] = useState<Filter>('all');
  const { data: dossier, error } = useQuery({
    queryKey: ['complaints', 'dossier', complaint.id],
    queryFn: ({ signal }) => findDossier(complaint.id, signal),
    enabled: may,
    refetchInterval: ({ state }) => (state.data && ['waiting', 'reading'].includes(state.data.state) ? REFRESH_MS : false),
  });
  const pages = usePages(
    ['complaints', 'dossier-items', complaint.id, filter, dossier?.readAt ?? '', dossier?.counts.kinds],
    (cursor, signal) => listItems(complaint.id, wantedOf(filter), cursor, signal),
    { enabled: dossier !== undefined && dossier.state !== 'none' },
  );
  if (!may) return null;
  if (error) return <ProblemAlert error={error} />;
  if (!dossier) return null;
  const kinds = Object.entries(dossier.counts.kinds);
  const shown = FILTERS.filter((one) => one === 'all' || (one === 'refused' ? dossier.counts.verdicts.refused : dossier.counts.kinds[one]));
  const label = (one: Filter): string => {
    const n =
      one === 'all'
        ? kinds.reduce((sum, [, count]) => sum + Number(count), 0)
        : one === 'refused'
          ? dossier.counts.verdicts.refused
          : dossier.counts.kinds[one];
    return `${word('filter', one)} ${String(n ?? 0)}`;
  };
  return (
    <Section title={t('dossier.title')} aside={<StateTag tone={TONES[dossier.state]}>{word('state', dossier.state)}</StateTag>}>
      <Standing dossier={dossier} />
      <Acts complaint={complaint} dossier={dossier} />
      {dossier.state !== 'none' && (
        <>
          <HoldScope complaint={complaint} dossier={dossier} items={pages.items} />
          <Causes complaint={complaint} items={pages.items} />
          <h3 className="fb-words-head">{t('dossier.items')}</h3>
          <Refusals dossier={dossier} />
          {shown.length > 1 && (
            <Choice
              label={t('dossier.items')}
              value={filter}
              onChange={setFilter}
              options={shown.map((value) => ({ value, label: label(value) }))}
            />
          )}
          {pages.error && <ProblemAlert error={pages.error} onRetry={pages.retry} />}
          {kinds.length === 0 && !pages.isLoading && <Empty title={t('dossier.empty')} help={t('dossier.emptyHelp')} />}
          <ul className="fb-lines">
            {pages.items.map((item) => (
              <ItemLine key={item.id} item={item} />
            ))}
          </ul>
          <MoreRows {...pages.more} />
        </>
      )}
    </Section>
  );
}
