import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { MoreRows } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { listVersions, packsQuery, VERSIONS } from './api.ts';
import { PolicyTabs } from './policy-tabs.tsx';
import { Recall } from './recall.tsx';
import type { PolicyVersion } from './wire.ts';

const TONES = { scheduled: 'wait', 'in-force': 'good', past: 'quiet', recalled: 'bad' } as const;

function seeAt({ product, effectiveFrom }: PolicyVersion): string {
  return `/policy?${new URLSearchParams({ ...(product && { product }), at: effectiveFrom }).toString()}`;
}

function Version({ found }: { readonly found: PolicyVersion }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { data: packs } = useQuery(packsQuery(useLanguage()));
  const mayRecall = useMay('collections.recallPolicyVersion');
  const titleOf = (pack: string): string => packs?.items.find((each) => each.pack === pack)?.title ?? pack;
  const stack = found.packs.map(({ pack, version }) => t('policy.packVersion', { title: titleOf(pack), version }));
  return (
    <li className={`fb-version fb-version-${found.state}`}>
      <div className="fb-version-head">
        <h2>{t('policy.version', { number: found.number })}</h2>
        <StateTag tone={TONES[found.state]}>{t(`policy.list.state.${found.state}`)}</StateTag>
        <Instant at={found.effectiveFrom} timeZone={READER_ZONE} />
        <span className="fb-version-links">
          <Link to={seeAt(found)}>{t('policy.list.see')}</Link>
          {mayRecall && found.state === 'scheduled' && <Recall number={found.number} />}
          {found.draftId !== null && <Link to={`/policy/drafts/${found.draftId}`}>{t('policy.list.seeDraft')}</Link>}
        </span>
      </div>
      {found.note && <p>{found.note}</p>}
      <Facts
        items={[
          { label: t('policy.product'), value: found.product || t('policy.everyProduct') },
          { label: t('policy.stack'), value: stack.join(t('common.listSeparator')) },
          { label: t('policy.list.author'), value: person(found.author) },
          { label: t('policy.list.approvedBy'), value: person(found.approvedBy) },
          { label: t('policy.list.approvedAt'), value: <Instant at={found.approvedAt} timeZone={READER_ZONE} withRelative={false} /> },
          ...(found.recalledBy === null ? [] : [{ label: t('policy.list.recalledBy'), value: person(found.recalledBy) }]),
        ]}
      />
    </li>
  );
}

/** The versions, newest first: what was in force when, who wrote it and who approved it. */
export function VersionListPage(): ReactNode {
  const { t } = useTranslation();
  const mayDraft = useMay('collections.createPolicyDraft');
  const pages = usePages(VERSIONS, listVersions);
  return (
    <>
      <PageHeader title={t('policy.title')} lead={t('policy.list.help')} />
      <PolicyTabs />
      {pages.error && <ProblemAlert error={pages.error} onRetry={pages.retry} />}
      {pages.isLoading && <PageLoading />}
      {!pages.isLoading && !pages.error && pages.items.length === 0 && (
        <Empty
          title={t('policy.list.empty')}
          help={t('policy.list.emptyHelp')}
          action={mayDraft && <LinkButton to="/policy/drafts/new">{t('policy.draftFrom')}</LinkButton>}
        />
      )}
      <ol className="fb-versions">
        {pages.items.map((found) => (
          <Version key={found.number} found={found} />
        ))}
      </ol>
      <MoreRows {...pages.more} />
    </>
  );
}
