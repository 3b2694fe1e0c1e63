import { PauseCircleOutlined, TeamOutlined, UserOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePerson } from '../../../ui/use-person.ts';
import { daysLeftOf } from '../buckets.ts';
import { DaysTag } from '../days-tag.tsx';
import { SelectBox } from '../supervision/selection.tsx';
import type { ComplaintItem } from '../wire.ts';
import { useWord } from '../words.ts';

/** A complaint on the board; the whole card leads to it, its subject is the link. */
export function ComplaintCard({ complaint }: { readonly complaint: ComplaintItem }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const person = usePerson();
  const { id, number, subject, channel, category, handler, clock, dueBucket, state, groupSize, closedAt, hold } = complaint;
  const kinds = [category === null ? null : word('complaint.category', category), word('complaint.channel', channel)].filter(
    (part) => part !== null,
  );
  return (
    <li className="fb-ticket">
      <div className="fb-ticket-head">
        <DaysTag left={daysLeftOf(clock, closedAt !== null)} bucket={dueBucket} state={state} />
        <span className="fb-ticket-due">{clock.dueOn}</span>
        <SelectBox one={{ id, number }} />
      </div>
      <Link className="fb-ticket-subject" to={`/complaints/${id}`}>
        {subject}
      </Link>
      <p className="fb-ticket-kind">{kinds.join(' · ')}</p>
      <p className="fb-ticket-foot">
        <span>
          <UserOutlined aria-hidden /> <span className="fb-unseen">{t('complaint.board.handler')} </span>
          {handler === null ? t('complaint.board.noHandler') : person(handler)}
        </span>
        {groupSize > 1 && (
          <span>
            <TeamOutlined aria-hidden /> {t('complaint.board.groupSize', { count: groupSize })}
          </span>
        )}
        {(hold.state === 'set' || hold.state === 'requested') && (
          <span>
            <PauseCircleOutlined aria-hidden /> {t(`complaint.page.holdState.${hold.state}`)}
          </span>
        )}
        <span className="fb-ticket-number">{number}</span>
      </p>
    </li>
  );
}
