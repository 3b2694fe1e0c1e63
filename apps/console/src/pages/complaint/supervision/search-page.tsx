import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Choice } from '../../../ui/choice.tsx';
import { MoreRows } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { search, SUPERVISION, type Hit } from './api.ts';
import './supervision.css';
import { SelectBox, Selectable } from './selection.tsx';
import { HandlingTabs } from '../handling/tabs.tsx';

const STATES = ['all', 'open', 'closed'] as const;
const PARTS = ['name', 'subject', 'narrative', 'requests', 'ledger', 'note'] as const;
const MOST = 200;
type Snippet = Hit['snippets'][number];

function Marked({ text, marks }: Snippet): ReactNode {
  const edges = marks.toSorted((a, b) => a.from - b.from);
  const pieces = edges.flatMap(({ from, to }, at) => [
    text.slice(at === 0 ? 0 : Math.min(edges[at - 1]?.to ?? 0, from), from),
    <mark key={from}>{text.slice(from, to)}</mark>,
  ]);
  return (
    <>
      {pieces}
      {text.slice(edges.at(-1)?.to ?? 0)}
    </>
  );
}

function HitCard({ hit: { complaint, exact, snippets } }: { readonly hit: Hit }): ReactNode {
  const { t } = useTranslation();
  const partOf = (part: string): string => t(`supervision.search.part.${PARTS.find((each) => each === part) ?? 'other'}`);
  return (
    <li className="fb-section fb-hit">
      <div className="fb-row">
        <SelectBox one={complaint} />
        <Link to={`/complaints/${complaint.id}`}>{complaint.number}</Link>
        <span>{complaint.complainant.name}</span>
        <span className="fb-soft">
          {t('supervision.search.due')} {complaint.clock.dueOn}
        </span>
        {exact && <strong>{t(`supervision.search.exact.${exact}`)}</strong>}
      </div>
      <p>{complaint.subject}</p>
      {snippets.map((snippet, at) => (
        // Of one part there may be several, and they do not change.
        <p key={`${snippet.part} ${at}`}>
          <span className="fb-soft">{partOf(snippet.part)} </span>
          <Marked {...snippet} />
        </p>
      ))}
    </li>
  );
}

/** Complaints by what is written in them. What is looked for stays out of the address. */
export function SearchPage(): ReactNode {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const [state, setState] = useState<(typeof STATES)[number]>('all');
  const list = usePages(
    [...SUPERVISION, 'search', q, state],
    (cursor, signal) => search(q, state === 'all' ? undefined : state, cursor, signal),
    { enabled: q !== '' },
  );
  return (
    <>
      <PageHeader title={t('supervision.search.title')} lead={t('supervision.search.lead')} />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Input.Search
          aria-label={t('supervision.search.label')}
          placeholder={t('supervision.search.label')}
          enterButton={t('supervision.search.go')}
          maxLength={MOST}
          allowClear
          onSearch={(text) => setQ(text.trim())}
        />
        <Choice
          label={t('supervision.search.stateLabel')}
          value={state}
          onChange={setState}
          options={STATES.map((value) => ({ value, label: t(`supervision.search.state.${value}`) }))}
        />
      </div>
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {q !== '' && !list.isLoading && !list.error && list.items.length === 0 && (
        <Empty title={t('supervision.search.empty')} help={t('supervision.search.emptyHelp')} />
      )}
      {list.items.length > 0 && (
        <Selectable>
          <ul className="fb-cards">
            {list.items.map((hit) => (
              <HitCard key={hit.complaint.id} hit={hit} />
            ))}
          </ul>
        </Selectable>
      )}
      {q !== '' && <MoreRows {...list.more} />}
    </>
  );
}
