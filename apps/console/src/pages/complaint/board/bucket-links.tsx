import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { BUCKETS, URGENCY } from '../buckets.ts';
import type { DueBucket } from '../wire.ts';

export interface BucketLinksProps {
  readonly chosen: DueBucket | null;
  readonly countOf: (bucket: DueBucket) => number | null;
  /** On a phone one bucket is always chosen, and there is nothing to go back to. */
  readonly isAlways: boolean;
}

/** The buckets with their counts; each leads to itself alone, and back. */
export function BucketLinks({ chosen, countOf, isAlways }: BucketLinksProps): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const to = (bucket: DueBucket | null): string => {
    const next = new URLSearchParams(search);
    if (bucket === null) next.delete('bucket');
    else next.set('bucket', bucket);
    return `?${next.toString()}`;
  };
  return (
    <nav className="fb-buckets" aria-label={t('complaint.board.title')}>
      {BUCKETS.map((bucket) => {
        const isChosen = bucket === chosen;
        return (
          <Link
            key={bucket}
            to={to(isChosen && !isAlways ? null : bucket)}
            replace
            preventScrollReset
            aria-current={isChosen ? 'true' : undefined}
            className={`fb-bucket fb-bucket-${URGENCY[bucket]}`}
          >
            <strong>{countOf(bucket) ?? '…'}</strong>
            <span>{t(`complaint.bucket.${bucket}`)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
