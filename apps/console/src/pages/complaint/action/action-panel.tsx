import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../session/session.ts';
import { Section } from '../../../ui/section.tsx';
import { ACTIONS, actionsFor, hasRoleFor, isRecused, type Action } from '../actions.ts';
import type { Complaint, TimelineItem } from '../wire.ts';
import { EventForm } from './event-form.tsx';

export interface ActionPanelProps {
  readonly complaint: Complaint;
  readonly timeline: readonly TimelineItem[];
}

/** What most people will want to do next. */
function nextOf(complaint: Complaint): string {
  if (complaint.handler === null) return 'assignment';
  if (complaint.state === 'paused') return 'resumption';
  return complaint.decidedAt === null ? 'decision' : 'notice';
}

/** The events of a complaint as things to do, by role and state; why there is nothing to do where there is nothing. */
export function ActionPanel({ complaint, timeline }: ActionPanelProps): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [open, setOpen] = useState<Action | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const close = (): void => {
    setOpen(null);
    // Back to where it was opened; what was done may have taken that away.
    requestAnimationFrame(() => (opener.current?.isConnected ? opener.current : list.current)?.focus());
  };
  const closed = complaint.closedAt !== null;
  const actions = actionsFor(session, { ...complaint, decided: complaint.decidedAt !== null, closed });
  const next = nextOf(complaint);
  const why = closed
    ? t('complaint.page.closed')
    : isRecused(session, complaint)
      ? t('complaint.page.recused')
      : ACTIONS.some(({ name }) => hasRoleFor(session, name))
        ? null
        : t('complaint.page.readOnly');
  return (
    <Section title={t('complaint.action.title')}>
      {why !== null && <p className="fb-soft">{why}</p>}
      <ul className="fb-actions" ref={list} tabIndex={-1}>
        {actions.map((action) => (
          <li key={action.name} className={action.final ? 'fb-action-final' : undefined}>
            <Button
              block
              type={action.name === next ? 'primary' : 'default'}
              danger={action.final}
              onClick={(event) => {
                opener.current = event.currentTarget;
                setOpen(action);
              }}
            >
              {t(`complaint.action.name.${action.name}`)}
            </Button>
          </li>
        ))}
      </ul>
      {open && <EventForm key={open.name} action={open} complaint={complaint} timeline={timeline} onClose={close} />}
    </Section>
  );
}
