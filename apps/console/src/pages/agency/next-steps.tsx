import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyView } from '../../api/models.ts';
import { useMay, useSession } from '../../session/session.ts';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { EntryDialog, useNeeded } from './entry-dialog.tsx';
import {
  activate,
  decideStep,
  declarationsQuery,
  proposeAdmission,
  proposeExit,
  readinessQuery,
  type Readiness,
  type Step,
} from './registry-api.ts';

type Act = 'admission' | 'exit' | 'activate' | 'approve' | 'reject' | 'withdraw';

interface ActProps {
  readonly agencyId: string;
  readonly act: Act;
  readonly step: Step | null;
  readonly onClose: () => void;
}

interface Words {
  readonly reason: string;
  readonly handling: string;
  readonly signedBy: string;
  readonly signedOn: string;
  readonly documentId: string;
}

function DeclarationFields({ agencyId }: { readonly agencyId: string }): ReactNode {
  const { t } = useTranslation();
  const needed = useNeeded();
  const { data } = useQuery(declarationsQuery(agencyId));
  const options = (data?.items ?? []).map(({ id, title, version }) => ({ value: id, label: `${title} v${version}` }));
  return (
    <>
      <Form.Item
        name="documentId"
        label={t('registry.next.document')}
        rules={needed}
        extra={data?.items.length === 0 && t('registry.next.noDocument')}
      >
        <Select options={options} />
      </Form.Item>
      <div className="fb-halves">
        <Form.Item name="signedBy" label={t('registry.next.signedBy')} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="signedOn" label={t('registry.next.signedOn')} rules={needed}>
          <MomentInput />
        </Form.Item>
      </div>
    </>
  );
}

function ActDialog({ agencyId, act, step, onClose }: ActProps): ReactNode {
  const { t } = useTranslation();
  const needed = useNeeded();
  const send = ({ reason, handling, ...declaration }: Words, key: string): Promise<unknown> => {
    if (act === 'admission') return proposeAdmission(agencyId, { reason, declaration }, key);
    if (act === 'exit') return proposeExit(agencyId, { reason, handling }, key);
    if (act === 'activate') return activate(agencyId, reason, key);
    return decideStep(agencyId, step?.id ?? '', act, reason, key);
  };
  const help = {
    admission: t('registry.next.admissionHelp'),
    exit: t('registry.next.exitHelp'),
    activate: t('registry.next.activateHelp'),
  };
  return (
    <EntryDialog<Words>
      title={t(`registry.next.${act}`)}
      {...(act in help && { help: help[act as keyof typeof help] })}
      confirm={t(`registry.next.${act}`)}
      isDanger={act === 'exit' || act === 'reject'}
      send={send}
      onClose={onClose}
    >
      {act === 'admission' && <DeclarationFields agencyId={agencyId} />}
      {act === 'exit' && (
        <Form.Item name="handling" label={t('registry.next.handling')} rules={needed}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      )}
      <Form.Item name="reason" label={t('registry.reason')} rules={needed}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </EntryDialog>
  );
}

function actsFor({ status, openStep }: Readiness, subject: string): Act[] {
  if (openStep) return openStep.proposedBy === subject ? ['withdraw'] : ['approve', 'reject'];
  if (status === 'candidate') return ['admission', 'exit'];
  if (status === 'exited') return ['admission'];
  return status === 'approved' ? ['activate', 'exit'] : ['exit'];
}

function Open({ step }: { readonly step: Step }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  return (
    <>
      <p className="fb-first">
        <strong>{t(`registry.next.kind.${step.kind}`)}</strong> · {t('registry.next.proposed', { who: person(step.proposedBy) })}
      </p>
      <p>{step.reason}</p>
      {step.declaration && (
        <p className="fb-soft">
          {t('registry.next.document')}: {step.declaration.signedBy} · {step.declaration.signedOn}
        </p>
      )}
      {step.handling && (
        <p className="fb-soft">
          {t('registry.next.handling')}: {step.handling}
        </p>
      )}
    </>
  );
}

/** What is missing, who has proposed what, and what can be done about it. */
export function NextSteps({ agency }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const { subject } = useSession();
  const mayDecide = useMay('collections.approveAgencyStep');
  const { data: ready, error } = useQuery(readinessQuery(agency.agencyId));
  const [act, setAct] = useState<Act | null>(null);
  if (error) return <ProblemAlert error={error} />;
  if (!ready) return null;
  const gaps = ready.status === 'candidate' || ready.status === 'exited' ? ready.admission : ready.activation;
  const says = { candidate: 'candidate', approved: 'approved', active: 'working', suspended: 'working', exited: 'exited' } as const;
  return (
    <Section title={t('registry.next.title')}>
      <p className="fb-first">{t(`registry.next.${says[ready.status]}`)}</p>
      {gaps.length > 0 ? (
        <>
          <p>{t('registry.next.missing')}</p>
          <ul className="fb-bullets">
            {gaps.map((gap) => (
              <li key={gap}>{t(`registry.next.gap.${gap}`)}</li>
            ))}
          </ul>
        </>
      ) : (
        <p className="fb-soft">{t('registry.next.nothing')}</p>
      )}
      {ready.openStep && <Open step={ready.openStep} />}
      {ready.openStep?.proposedBy === subject && <p className="fb-note">{t('registry.next.own')}</p>}
      {mayDecide && (
        <div className="fb-row">
          {actsFor(ready, subject).map((each) => (
            <Button
              key={each}
              type={each === 'exit' || each === 'reject' ? 'default' : 'primary'}
              danger={each === 'exit' || each === 'reject'}
              onClick={() => setAct(each)}
            >
              {t(`registry.next.${each}`)}
            </Button>
          ))}
        </div>
      )}
      {act && <ActDialog agencyId={agency.agencyId} act={act} step={ready.openStep} onClose={() => setAct(null)} />}
    </Section>
  );
}
