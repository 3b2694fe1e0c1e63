import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { caseMessagesQuery, fileOf, messageQuery, type Delivery } from './api.ts';
import { DeliveryState, useCode } from './bits.tsx';
import { WriteMessage } from './write-message.tsx';

function Detail({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const code = useCode();
  const { data, error } = useQuery(messageQuery(id));
  return (
    <Drawer open size={440} title={t('message.send.text')} onClose={onClose}>
      {error && <ProblemAlert error={error} />}
      {data && (
        <>
          {data.text === null ? (
            <p className="fb-soft">{t('message.send.masked')}</p>
          ) : (
            <p className="fb-message-text fb-note">{data.text}</p>
          )}
          {data.channel === 'letter' && data.attemptId !== null && data.state !== 'refused' && (
            <p>
              <a href={fileOf(`/v1/letters/${data.id}/pdf`)} target="_blank" rel="noreferrer">
                {t('message.letters.pdf')}
              </a>
            </p>
          )}
          <h3>{t('message.send.steps')}</h3>
          <ul className="fb-lines">
            {data.steps.map((step) => (
              <li key={`${step.state} ${step.at} ${step.by}`}>
                <DeliveryState state={step.state} /> <Instant at={step.at} withRelative={false} />
                <p className="fb-soft">
                  {person(step.by)}
                  {step.code !== null && ` · ${code(step.code)}`}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Drawer>
  );
}

function Line({ message, onOpen }: { readonly message: Delivery; readonly onOpen: () => void }): ReactNode {
  const { t } = useTranslation();
  const code = useCode();
  return (
    <li>
      <p className="fb-row">
        <strong>{t(`message.channel.${message.channel}`)}</strong> <DeliveryState state={message.state} />
        <Button size="small" onClick={onOpen}>
          {t('message.send.open2')}
        </Button>
      </p>
      <p className="fb-soft">
        {t(`message.kind.${message.kind}`)}
        {message.templateId !== null && ` · ${message.templateId}`} · <Instant at={message.askedAt} />
        {message.code !== null && ` · ${code(message.code)}`}
        {message.tries > 1 && ` · ${t('message.send.tries', { count: message.tries })}`}
      </p>
    </li>
  );
}

/** What was written in this case, how far it is, and writing more. */
export function CaseMessages({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const maySee = useMay('collections.listMessages');
  const mayWrite = useMay('collections.sendMessage');
  const { data, error, refetch } = useQuery({ ...caseMessagesQuery(found.caseId), enabled: maySee });
  const [opened, setOpened] = useState<string | null>(null);
  const [isWriting, setIsWriting] = useState(false);
  if (!maySee) return null;
  return (
    <Section
      title={t('message.send.title')}
      aside={mayWrite && <Button onClick={() => setIsWriting(true)}>{t('message.send.open')}</Button>}
    >
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <p className="fb-soft fb-first">
          {t('message.send.none')}
          {mayWrite && ` · ${t('message.send.noneHelp')}`}
        </p>
      )}
      <ul className="fb-lines">
        {data?.items.map((message) => (
          <Line key={message.id} message={message} onOpen={() => setOpened(message.id)} />
        ))}
      </ul>
      {opened && <Detail id={opened} onClose={() => setOpened(null)} />}
      {isWriting && <WriteMessage found={found} onClose={() => setIsWriting(false)} />}
    </Section>
  );
}
