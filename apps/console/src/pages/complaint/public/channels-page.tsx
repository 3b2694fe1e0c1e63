import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { useMay } from '../../../session/session.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { listChannelPages, type ChannelPage } from './api.ts';
import { ChannelsForm } from './channels-form.tsx';

function Content({ page }: { readonly page: ChannelPage }): ReactNode {
  const { t } = useTranslation();
  const isZh = useLanguage() === 'zh';
  return (
    <>
      <ul className="fb-plain">
        {page.channels.map(({ kind, labelZh, labelEn, value, hoursZh, hoursEn }, index) => (
          <li key={index}>
            <span className="fb-soft">{`${t(`publicPage.channels.kinds.${kind}`)} · ${isZh ? labelZh : labelEn} `}</span>
            <strong>{value}</strong>
            {hoursZh !== null && <span className="fb-soft">{` ${isZh ? hoursZh : (hoursEn ?? hoursZh)}`}</span>}
          </li>
        ))}
      </ul>
      <ol>
        {page.process.map(({ zh, en }, index) => (
          <li key={index}>{isZh ? zh : en}</li>
        ))}
      </ol>
    </>
  );
}

function OneVersion({ page }: { readonly page: ChannelPage }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const [mayApprove, mayRefuse] = [useMay('complaints.approveChannelPage'), useMay('complaints.refuseChannelPage')];
  const { version, state, inForce, note, author, createdAt, settledBy, settledAt, refusal } = page;
  const path = `/v1/channel-pages/${version}`;
  return (
    <div className="fb-after">
      <p>
        <strong>{version === 0 ? t('publicPage.channels.builtIn') : t('publicPage.channels.version', { version })}</strong>{' '}
        <StateTag tone={inForce ? 'good' : state === 'proposed' ? 'wait' : 'quiet'}>
          {inForce ? t('publicPage.channels.inForce') : t(`publicPage.channels.state.${state}`)}
        </StateTag>
      </p>
      {author !== null && (
        <p className="fb-soft">
          {t('publicPage.channels.by', { who: person(author), at: localTime(createdAt ?? '') })}
          {settledBy !== null && ` · ${t('publicPage.channels.settled', { who: person(settledBy), at: localTime(settledAt ?? '') })}`}
        </p>
      )}
      {note !== '' && <p>{note}</p>}
      {refusal !== null && <p>{refusal}</p>}
      {inForce || state === 'proposed' ? (
        <Content page={page} />
      ) : (
        <details>
          <summary>{t('publicPage.channels.channelList')}</summary>
          <Content page={page} />
        </details>
      )}
      {state === 'proposed' && (
        <div className="fb-row">
          {mayApprove && <Act isMain label={t('publicPage.channels.approve')} path={`${path}/approval`} />}
          {mayRefuse && (
            <Act
              isDanger
              label={t('publicPage.channels.refuse')}
              path={`${path}/refusal`}
              fields={[{ name: 'reason', label: t('publicPage.channels.reason'), kind: 'long' }]}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** What everybody reads of how to complain: every version, and the next one. */
export function ChannelsPage(): ReactNode {
  const { t } = useTranslation();
  const mayPropose = useMay('complaints.proposeChannelPage');
  const [isOpen, setIsOpen] = useState(false);
  const query = useQuery({ queryKey: ['complaints', 'channel-pages'], queryFn: ({ signal }) => listChannelPages(signal) });
  return (
    <>
      <PageHeader
        title={t('publicPage.channels.title')}
        lead={t('publicPage.channels.lead')}
        actions={
          query.data && (
            <a href={query.data.address} target="_blank" rel="noreferrer">
              {t('publicPage.channels.open')}
            </a>
          )
        }
      />
      <HandlingTabs />
      <Loaded title={t('publicPage.channels.versions')} query={query}>
        {({ items }) => {
          const waits = items.some(({ state }) => state === 'proposed');
          const base = items.find(({ inForce }) => inForce);
          return (
            <>
              {mayPropose && waits && <p className="fb-soft">{t('publicPage.channels.waitsFirst')}</p>}
              {mayPropose && !waits && !isOpen && (
                <Button type="primary" onClick={() => setIsOpen(true)}>
                  {t('publicPage.channels.propose')}
                </Button>
              )}
              {isOpen && !waits && base && <ChannelsForm base={base} onClose={() => setIsOpen(false)} />}
              {items.map((page) => (
                <OneVersion key={page.version} page={page} />
              ))}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
