import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import { useSession } from '../../session/session.ts';
import { Masked } from '../../ui/masked.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts } from '../../ui/section.tsx';
import { AskFields, isWritten, type AskFieldValues } from './ask-fields.tsx';
import type { PointProps } from './point.ts';
import type { Way } from './ways.ts';

export interface AskDrawerProps extends PointProps {
  readonly way: Way;
  readonly onClose: () => void;
}

/** Asks for a permit, once per opening however often it is sent, and goes on to the answer. */
export function AskDrawer({ found, party, point, way, purpose, onClose }: AskDrawerProps): ReactNode {
  const { t } = useTranslation();
  const { agencyId } = useSession();
  const go = useNavigate();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [isOpen, setIsOpen] = useState(true);
  const ask = useMutation({
    mutationFn: ({ collectorIds = [], deviceId = '', templateId, variables = {} }: AskFieldValues) =>
      take(
        collections.POST('/v1/contact-attempts', {
          body: {
            caseId: found.caseId,
            partyId: party.id,
            contactPointId: point.id,
            channel: way.channel,
            mode: way.mode,
            purpose,
            // Nobody named is an answer for a visit; for the rest nobody was asked.
            collectorIds: way.channel === 'visit' || collectorIds.length > 0 ? collectorIds : null,
            deviceId: deviceId.trim() || null,
            message: isWritten(way.channel) && templateId !== undefined ? { templateId, variables } : null,
          },
          params: { header: { 'Idempotency-Key': key } },
        }),
      ),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: ['contactability', found.caseId] });
      const said = new URLSearchParams({ point: point.id, way: way.id, purpose });
      void go(`/cases/${encodeURIComponent(found.caseId)}/attempts/${answer.id}?${said.toString()}`);
    },
  });
  return (
    <Drawer
      open={isOpen}
      size={440}
      title={t('contact.ask.title')}
      onClose={() => setIsOpen(false)}
      // Gone only when it is closed: the focus has returned by then.
      afterOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        <Button type="primary" block size="large" htmlType="submit" form="ask" loading={ask.isPending}>
          {ask.isPending ? t('contact.ask.submitting') : t('contact.ask.submit')}
        </Button>
      }
    >
      <p className="fb-first">{t('contact.ask.help')}</p>
      <Facts
        items={[
          {
            label: t('contact.ask.whom'),
            value: (
              <>
                <Masked value={party.name} isMasked={found.masked} /> · {t(`cases.party.${party.role}`)}
              </>
            ),
          },
          { label: t('contact.ask.point'), value: <Masked value={point.value} isMasked={found.masked} /> },
          { label: t('contact.ask.way'), value: t(`contact.way.${way.id}`) },
          { label: t('contact.ask.purpose'), value: t(`contact.purpose.${purpose}`) },
        ]}
      />
      <Form<AskFieldValues> id="ask" layout="vertical" className="fb-drawer-form" onFinish={(fields) => ask.mutate(fields)}>
        <AskFields channel={way.channel} isAgency={agencyId !== null} />
      </Form>
      {ask.error && <ProblemAlert error={ask.error} />}
    </Drawer>
  );
}
