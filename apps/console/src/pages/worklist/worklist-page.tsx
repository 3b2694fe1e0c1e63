import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newKey } from '../../api/client.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay, useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Field } from '../../ui/field.tsx';
import { Countdown, Instant } from '../../ui/instant.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { useCollectorNumber, useRemembered } from '../../ui/use-remembered.ts';
import {
  dayQuery,
  listWork,
  moneyOf,
  nameOf,
  putBack,
  strategiesQuery,
  takeNext,
  WHOSE,
  WORKLIST,
  type NextView,
  type WorkView,
} from './api.ts';
import './worklist.css';
import { Agreed, CaseLink, Last, Skipped, Stage, Why, WorkFacts } from './work-bits.tsx';

type Mine = (typeof WHOSE)[number];

function Taken({
  answer,
  onBack,
  isSending,
}: {
  readonly answer: NextView;
  readonly onBack: (caseId: string) => void;
  readonly isSending: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const { next, earliestAt } = answer;
  if (next === null) {
    return (
      <>
        <Empty
          title={t('worklist.none')}
          help={
            answer.skippedCount === 0
              ? t('worklist.noneAtAll')
              : t(answer.more ? 'worklist.noneOfMany' : 'worklist.noneNow', { count: answer.skippedCount })
          }
          action={
            earliestAt !== null && (
              <p role="status">
                {t('worklist.earliest')} <Instant at={earliestAt} />
              </p>
            )
          }
        />
        <Skipped skipped={answer.skipped} count={answer.skippedCount} />
      </>
    );
  }
  return (
    <div className="fb-next-case">
      <p className="fb-next-head">
        <strong>
          <CaseLink caseId={next.caseId} />
        </strong>
        {next.leasedUntil !== null && (
          <span className="fb-soft">
            {t('worklist.inHandFor')} <Countdown until={next.leasedUntil} />
          </span>
        )}
      </p>
      <WorkFacts work={next} />
      <Why why={next.why} />
      <div className="fb-row">
        <Button type="primary" onClick={() => void go(`/cases/${encodeURIComponent(next.caseId)}`)}>
          {t('worklist.open')}
        </Button>
        <Button onClick={() => onBack(next.caseId)} loading={isSending}>
          {t('worklist.putBack')}
        </Button>
      </div>
      <Skipped skipped={answer.skipped} count={answer.skippedCount} />
    </div>
  );
}

function NextSection({ strategy, whose }: { readonly strategy: string; readonly whose: Mine }): ReactNode {
  const { t } = useTranslation();
  const { agencyId } = useSession();
  const queries = useQueryClient();
  const [collectorId, setCollectorId] = useCollectorNumber();
  const [deviceId, setDeviceId] = useRemembered('device');
  const refresh = (): void => void queries.invalidateQueries({ queryKey: WORKLIST });
  const next = useMutation({
    mutationFn: () =>
      takeNext(
        {
          strategy,
          whose,
          ...(collectorId.trim() && { collectorId: collectorId.trim() }),
          ...(deviceId.trim() && { deviceId: deviceId.trim() }),
        },
        newKey(),
      ),
    onSuccess: refresh,
  });
  const back = useMutation({
    mutationFn: (caseId: string) => putBack(caseId, newKey()),
    onSuccess: () => {
      next.reset();
      refresh();
    },
  });
  const problem = next.error ?? back.error;
  return (
    <Section title={t('worklist.next')}>
      {agencyId !== null && (
        <div className="fb-halves">
          <Field label={t('contact.ask.collector')} help={t('worklist.collectorHelp')}>
            {(ids) => <Input {...ids} value={collectorId} onChange={(event) => setCollectorId(event.target.value)} maxLength={200} />}
          </Field>
          <Field label={t('contact.ask.deviceNeeded')}>
            {(ids) => <Input {...ids} value={deviceId} onChange={(event) => setDeviceId(event.target.value)} maxLength={200} />}
          </Field>
        </div>
      )}
      <p className="fb-soft fb-first">{t('worklist.nextHelp')}</p>
      <Button type="primary" size="large" onClick={() => next.mutate()} loading={next.isPending}>
        {t(next.data?.next ? 'worklist.takeAnother' : 'worklist.take')}
      </Button>
      {problem && <ProblemAlert error={problem} />}
      {next.data && <Taken answer={next.data} onBack={(caseId) => back.mutate(caseId)} isSending={back.isPending} />}
    </Section>
  );
}

function DayList({ title, works }: { readonly title: string; readonly works: readonly WorkView[] }): ReactNode {
  if (works.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="fb-day-list">
        {works.map((work) => (
          <li key={work.caseId}>
            <CaseLink caseId={work.caseId} /> {formatMoney(moneyOf(work.balance))} <Agreed work={work} />
          </li>
        ))}
      </ul>
    </>
  );
}

function DaySection(): ReactNode {
  const { t } = useTranslation();
  const { data: day, error, refetch } = useQuery(dayQuery);
  return (
    <Section title={t('worklist.day')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {day && (
        <>
          <p className="fb-first">{t('worklist.dayCounts', { contacts: day.contacts, talks: day.talks, promises: day.promisesMade })}</p>
          {day.inHand.length + day.followUps.length + day.promises.length === 0 && <p className="fb-soft">{t('worklist.dayEmpty')}</p>}
          <DayList title={t('worklist.inHand')} works={day.inHand} />
          <DayList title={t('worklist.followUps')} works={day.followUps} />
          <DayList title={t('worklist.promises')} works={day.promises} />
        </>
      )}
    </Section>
  );
}

function useColumns(): Column<WorkView>[] {
  const { t } = useTranslation();
  const person = usePerson();
  return [
    { key: 'case', title: t('worklist.case'), onCard: 'head', render: ({ caseId }) => <CaseLink caseId={caseId} /> },
    { key: 'balance', title: t('worklist.balance'), align: 'end', render: ({ balance }) => formatMoney(moneyOf(balance)) },
    { key: 'stage', title: t('worklist.stage'), render: (work) => <Stage work={work} /> },
    { key: 'last', title: t('worklist.last'), render: (work) => <Last work={work} /> },
    { key: 'agreed', title: t('worklist.agreed'), render: (work) => <Agreed work={work} /> },
    {
      key: 'who',
      title: t('worklist.who'),
      render: ({ owner, leasedTo }) => (
        <span className="fb-unbroken">{leasedTo === null && owner === null ? t('worklist.pool') : person(leasedTo ?? owner ?? '')}</span>
      ),
    },
    { key: 'why', title: t('worklist.why'), render: ({ why }) => <Why why={why.slice(0, 2)} /> },
  ];
}

/** The collector's day: the next case, what was agreed for today, and the list as it is ordered. */
export function WorklistPage(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayPut = useMay('collections.putStrategy');
  const [strategy, setStrategy] = useState('balanced');
  const [whose, setWhose] = useState<Mine>('any');
  const { data: known } = useQuery(strategiesQuery);
  const columns = useColumns();
  const pages = usePages([...WORKLIST, 'list', strategy, whose], (cursor, signal) => listWork(strategy, whose, cursor, signal));
  const strategies = (known?.items ?? []).filter(({ retired }) => !retired);
  return (
    <>
      <PageHeader
        title={t('worklist.title')}
        lead={t('worklist.lead')}
        actions={mayPut && <LinkButton to="/collecting/strategies">{t('collecting.setup.tab.strategies')}</LinkButton>}
      />
      <div className="fb-row fb-list-filter">
        <Select
          className="fb-select"
          aria-label={t('worklist.strategy')}
          value={strategy}
          onChange={setStrategy}
          options={strategies.map((one) => ({ value: one.strategyId, label: nameOf(one, language) }))}
        />
        <Choice
          label={t('worklist.whose')}
          value={whose}
          onChange={setWhose}
          options={WHOSE.map((value) => ({ value, label: t(`worklist.whoseCases.${value}`) }))}
        />
      </div>
      <div className="fb-columns">
        <NextSection strategy={strategy} whose={whose} />
        <DaySection />
      </div>
      <h2 className="fb-list-title">{t('worklist.list')}</h2>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('worklist.list')}
            columns={columns}
            rows={pages.items}
            rowKey={({ caseId }) => caseId}
            isLoading={pages.isLoading}
            empty={{ title: t('worklist.empty'), help: t('worklist.emptyHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}
