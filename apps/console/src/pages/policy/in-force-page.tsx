import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { inForceQuery, packsQuery, versionsQuery } from './api.ts';
import { instantOf, momentOf } from '../../ui/moment.ts';
import { PolicyTabs } from './policy-tabs.tsx';
import { filterRules, NO_FILTER } from './rule-filter.ts';
import { INSTITUTION, RuleFilters, RuleList } from './rule-list.tsx';
import type { InForce } from './wire.ts';

function useProducts(): readonly string[] {
  const may = useMay('collections.listPolicyVersions');
  const { data } = useInfiniteQuery({ ...versionsQuery(), enabled: may });
  const found = data?.pages.flatMap(({ items }) => items.flatMap(({ product }) => product || [])) ?? [];
  return [...new Set(found)].toSorted();
}

interface WhenProps {
  readonly product: string | null;
  readonly at: string | null;
  readonly onChange: (wanted: { readonly product: string | null; readonly at: string | null }) => void;
}

/** For which product, and as of when. */
function When({ product, at, onChange }: WhenProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const products = new Set([...useProducts(), ...(product === null ? [] : [product])]);
  return (
    <div className="fb-when">
      <div className="fb-field">
        <label htmlFor={`${id}p`}>{t('policy.product')}</label>
        <Select
          id={`${id}p`}
          className="fb-full"
          value={product ?? ''}
          onChange={(value) => onChange({ product: value === '' ? null : value, at })}
          options={[{ value: '', label: t('policy.everyProduct') }, ...[...products].map((value) => ({ value, label: value }))]}
        />
      </div>
      <div className="fb-field">
        <label htmlFor={`${id}a`}>{t('policy.at')}</label>
        <MomentInput
          id={`${id}a`}
          withTime
          placeholder={t('policy.now')}
          {...(at !== null && { value: momentOf(at) })}
          onChange={(moment) => onChange({ product, at: moment === undefined ? null : instantOf(moment) })}
        />
      </div>
      {at !== null && <Button onClick={() => onChange({ product, at: null })}>{t('policy.toNow')}</Button>}
    </div>
  );
}

/** What packs are called; their id where the name is not known yet. */
function usePackTitles(): (pack: string) => string {
  const { data } = useQuery(packsQuery(useLanguage()));
  return (pack) => data?.items.find((each) => each.pack === pack)?.title ?? pack;
}

function Stack({ found }: { readonly found: InForce }): ReactNode {
  const { t } = useTranslation();
  const titleOf = usePackTitles();
  return (
    <section className="fb-section fb-in-force" aria-label={t('policy.stack')}>
      <div>
        <p className="fb-in-force-number">
          {found.version === null ? t('policy.noVersion') : t('policy.version', { number: found.version })}
        </p>
        <p className="fb-soft">
          {found.effectiveFrom === null ? (
            t('policy.noVersionHelp')
          ) : (
            <>
              {t('policy.since')} <Instant at={found.effectiveFrom} timeZone={READER_ZONE} /> · {found.product || t('policy.everyProduct')}
            </>
          )}
        </p>
        {found.next && (
          <p className="fb-soft">
            <Link to="/policy/versions">{t('policy.next', { number: found.next.version })}</Link>{' '}
            <Instant at={found.next.effectiveFrom} timeZone={READER_ZONE} />
          </p>
        )}
      </div>
      <ol className="fb-stack">
        {found.packs.map(({ pack, version }) => (
          <li key={pack}>{t('policy.packVersion', { title: titleOf(pack), version })}</li>
        ))}
        {found.rows.some(({ ownChange }) => ownChange) && <li className="fb-stack-own">{t('policy.institution')}</li>}
      </ol>
      <p className="fb-soft fb-in-force-foot">
        {t('policy.stackHelp')} {t('policy.notAdvice')}
      </p>
    </section>
  );
}

function Rules({ found }: { readonly found: InForce }): ReactNode {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(NO_FILTER);
  const rows = filterRules(found.rows, filter);
  const packTitle = usePackTitles();
  const titles = new Map(found.packs.map(({ pack, version }) => [pack, t('policy.packVersion', { title: packTitle(pack), version })]));
  const titleOf = (pack: string): string => (pack === INSTITUTION ? t('policy.institution') : (titles.get(pack) ?? pack));
  const packs = [...new Set(found.rows.map(({ pack }) => pack))].map((pack) => ({ pack, title: titleOf(pack) }));
  const versions = new Map(found.packs.map(({ pack, version }) => [pack, version]));
  if (found.rows.length === 0) return <Empty title={t('policy.noneInForce')} help={t('policy.noneInForceHelp')} />;
  return (
    <>
      <RuleFilters filter={filter} onChange={setFilter} packs={packs} count={rows.length} />
      <RuleList rows={rows} titleOf={titleOf} versions={versions} />
    </>
  );
}

/** The rules that contacts are judged by, in words, now or at another time. */
export function InForcePage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const product = search.get('product');
  const at = search.get('at');
  const { data: found, error, refetch } = useQuery(inForceQuery(product, at, useLanguage()));
  const mayDraft = useMay('collections.createPolicyDraft');
  const draftAt = `/policy/drafts/new${product === null ? '' : `?${new URLSearchParams({ product }).toString()}`}`;
  return (
    <>
      <PageHeader
        title={t('policy.title')}
        lead={t('policy.lead')}
        actions={
          mayDraft && (
            <LinkButton type="primary" to={draftAt}>
              {t('policy.draftFrom')}
            </LinkButton>
          )
        }
      />
      <PolicyTabs />
      <When
        product={product}
        at={at}
        onChange={(wanted) =>
          setSearch(
            { ...(wanted.product !== null && { product: wanted.product }), ...(wanted.at !== null && { at: wanted.at }) },
            { replace: true },
          )
        }
      />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && !found && <PageLoading />}
      {found && (
        <>
          <Stack found={found} />
          <Rules found={found} />
        </>
      )}
    </>
  );
}
