import { MailOutlined, MobileOutlined, PhoneOutlined, EnvironmentOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, ContactPointView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useName } from '../../i18n/use-name.ts';
import { useMay } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { Masked } from '../../ui/masked.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { AskDrawer } from './ask-drawer.tsx';
import type { PointProps } from './point.ts';
import { contactabilityQuery, PURPOSES, type Purpose } from './queries.ts';
import { Verdict } from './verdict.tsx';
import { waysOf, type Channel, type Way } from './ways.ts';

const ICONS: Readonly<Record<Channel, ComponentType>> = {
  voice: PhoneOutlined,
  sms: MobileOutlined,
  im: MobileOutlined,
  email: MailOutlined,
  letter: EnvironmentOutlined,
  visit: EnvironmentOutlined,
};

function WayLabel({ id, verdict }: { readonly id: Way['id']; readonly verdict: 'permitted' | 'refused' | undefined }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className={`fb-way fb-way-${verdict ?? 'open'}`}>
      <span className="fb-way-mark" aria-hidden />
      {t(`contact.way.${id}`)}
      {verdict && <span className="fb-unseen"> {t(`contact.verdict.${verdict}`)}</span>}
    </span>
  );
}

function Point({ found, party, point, purpose }: PointProps): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayAsk = useMay('collections.askForContact');
  const ways = waysOf(point.channel);
  const answers = useQueries({
    queries: ways.map((way) =>
      contactabilityQuery({ caseId: found.caseId, partyId: party.id, contactPointId: point.id, way, purpose, language }),
    ),
  });
  const [chosen, setChosen] = useState<Way['id']>(ways[0]?.id ?? 'voice-interactive');
  const [asked, setAsked] = useState<Way | null>(null);
  const at = ways.findIndex(({ id }) => id === chosen);
  const answer = answers[at];
  const way = ways[at];
  return (
    <>
      <div className="fb-ways">
        <Choice
          label={t('contact.ask.way')}
          value={chosen}
          onChange={setChosen}
          options={ways.map(({ id }, index) => ({ value: id, label: <WayLabel id={id} verdict={answers[index]?.data?.verdict} /> }))}
        />
      </div>
      {answer?.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {answer?.error && <ProblemAlert error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer?.data && way && (
        <Verdict answer={answer.data}>
          {mayAsk && (
            <Button type={answer.data.verdict === 'permitted' ? 'primary' : 'default'} onClick={() => setAsked(way)}>
              {t('contact.ask.open')}
            </Button>
          )}
        </Verdict>
      )}
      {asked && <AskDrawer found={found} party={party} point={point} way={asked} purpose={purpose} onClose={() => setAsked(null)} />}
    </>
  );
}

function PointHead({ point, isMasked }: { readonly point: ContactPointView; readonly isMasked: boolean }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const Icon = ICONS[point.channel];
  return (
    <div className="fb-point-head">
      <Icon aria-hidden />
      <strong>
        <Masked value={point.value} isMasked={isMasked} />
      </strong>
      {point.status === 'invalid' && <StateTag tone="quiet">{t('cases.point.invalid')}</StateTag>}
      <span className="fb-soft">{t('cases.point.source', { source: name('cases.source', point.source) })}</span>
    </div>
  );
}

/** Every contact point of every party, and whether each of its channels may be used now. */
export function ContactabilitySection({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const maySee = useMay('collections.checkContactability');
  const [purpose, setPurpose] = useState<Purpose>('collect');
  return (
    <Section title={maySee ? t('contact.title') : t('contact.points')}>
      {maySee && <p className="fb-soft fb-first">{t('contact.lead')}</p>}
      {maySee && (
        <Choice
          label={t('contact.purposeLabel')}
          value={purpose}
          onChange={setPurpose}
          options={PURPOSES.map((value) => ({ value, label: t(`contact.purpose.${value}`) }))}
        />
      )}
      {found.parties.map((party) => (
        <div key={party.id} className="fb-party">
          <h3>
            <Masked value={party.name} isMasked={found.masked} /> <StateTag tone="quiet">{t(`cases.party.${party.role}`)}</StateTag>
          </h3>
          {party.contactPoints.length === 0 && <p className="fb-soft">{t('cases.point.none')}</p>}
          {party.contactPoints.map((point) => (
            <div key={point.id} className="fb-point">
              <PointHead point={point} isMasked={found.masked} />
              {maySee && <Point found={found} party={party} point={point} purpose={purpose} />}
            </div>
          ))}
        </div>
      ))}
    </Section>
  );
}
