import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useLanguage } from '../../i18n/index.ts';
import { useSession } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { useNow } from '../../ui/use-now.ts';
import { usePerson } from '../../ui/use-person.ts';
import { draftQuery, packsQuery } from './api.ts';
import { DiffSection } from './diff.tsx';
import { DraftActions } from './draft-actions.tsx';
import { DraftStateTag } from './draft-state.tsx';
import { hintFor } from './draft-steps.ts';
import { History } from './history.tsx';
import './policy.css';
import { SimulationSection } from './simulation/simulation-section.tsx';
import type { Draft } from './wire.ts';

const MINUTE_MS = 60_000;

function About({ draft }: { readonly draft: Draft }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { data: packs } = useQuery(packsQuery(useLanguage()));
  const titleOf = (pack: string): string => packs?.items.find((each) => each.pack === pack)?.title ?? pack;
  const hint = hintFor(draft, useSession(), useNow(MINUTE_MS));
  const stack = draft.packs.map(({ pack, version }) => t('policy.packVersion', { title: titleOf(pack), version }));
  return (
    <Section title={t('policyDraft.page.about')}>
      <p className="fb-next-step">
        <strong>{t('policyDraft.next.title')}</strong> {t(`policyDraft.next.${hint}`)}
      </p>
      <Facts
        items={[
          { label: t('policy.product'), value: draft.product || t('policy.everyProduct') },
          { label: t('policy.stack'), value: stack.join(t('common.listSeparator')) },
          { label: t('policyDraft.column.author'), value: person(draft.author) },
          { label: t('policyDraft.page.revision'), value: t('policyDraft.page.revisionNumber', { revision: draft.revision }) },
          {
            label: t('policyDraft.page.created'),
            value: <Instant at={draft.createdAt} timeZone={READER_ZONE} withRelative={false} />,
          },
          ...(draft.effectiveFrom === null
            ? []
            : [{ label: t('policyDraft.page.effective'), value: <Instant at={draft.effectiveFrom} timeZone={READER_ZONE} /> }]),
        ]}
      />
      {draft.version !== null && (
        <p className="fb-note">
          <Link to="/policy/versions">{t('policyDraft.page.becameVersion', { number: draft.version })}</Link>
        </p>
      )}
    </Section>
  );
}

/** What is looser than a pack, in the service's words. */
export function Looser({ draft }: { readonly draft: Pick<Draft, 'looser'> }): ReactNode {
  const { t } = useTranslation();
  if (draft.looser.length === 0) return null;
  return (
    <Alert
      className="fb-problem"
      type="error"
      showIcon
      title={t('policyDraft.page.looserTitle')}
      description={
        <>
          <p>{t('policyDraft.page.looserHelp')}</p>
          <ul>
            {draft.looser.map(({ pointer, pack, text }) => (
              <li key={`${pointer} ${pack}`}>{text}</li>
            ))}
          </ul>
        </>
      }
    />
  );
}

/** One draft: what it changes, what it would have done, and the way to its approval. */
export function DraftPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: draft, error, refetch } = useQuery(draftQuery(id, useLanguage()));
  const [refused, setRefused] = useState<Error | null>(null);
  const back = { to: '/policy/drafts', label: t('policyDraft.page.back') };
  if (error) {
    return (
      <>
        <PageHeader title={t('policyDraft.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!draft) return <PageLoading />;
  return (
    <>
      <PageHeader
        title={draft.note || t('policyDraft.title')}
        back={back}
        aside={<DraftStateTag state={draft.state} />}
        actions={<DraftActions draft={draft} onRefused={setRefused} />}
      />
      {refused && <ProblemAlert error={refused} />}
      <Looser draft={draft} />
      <div className="fb-columns">
        <div>
          <DiffSection draft={draft} />
          <SimulationSection draft={draft} />
        </div>
        <div>
          <About draft={draft} />
          <History draft={draft} />
        </div>
      </div>
    </>
  );
}
