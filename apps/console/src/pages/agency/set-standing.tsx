import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import type { AgencyView, StandingRequest } from '../../api/models.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { AGENCIES, setStanding } from './api.ts';

const MAX_REASON = 2000;

type Act = 'suspend' | 'reactivate' | 'publish' | 'unpublish';
const SETS = {
  suspend: { status: 'suspended' },
  reactivate: { status: 'active' },
  publish: { published: true },
  unpublish: { published: false },
} as const satisfies Record<Act, Omit<StandingRequest, 'reason'>>;

/** What can be set of the agency as it stands. Who left comes back by import only, with a contract. */
function actsFor({ status, published }: AgencyView): readonly Act[] {
  if (status === 'exited') return [];
  return [published ? 'unpublish' : 'publish', status === 'active' ? 'suspend' : 'reactivate'];
}

interface DialogProps {
  readonly agency: AgencyView;
  readonly act: Act;
  readonly onClose: () => void;
}

function Dialog({ agency, act, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const set = useMutation({
    mutationFn: (reason: string) => setStanding(agency.agencyId, { ...SETS[act], reason }, key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: AGENCIES });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={`${t(`agency.set.${act}`)} · ${agency.name}`}
      onCancel={onClose}
      okText={t(`agency.set.${act}`)}
      okButtonProps={{ htmlType: 'submit', form: 'standing', loading: set.isPending, danger: act === 'suspend' || act === 'unpublish' }}
      cancelText={t('common.cancel')}
    >
      <p className="fb-first">{t(`agency.set.${act}Help`)}</p>
      <Form<{ reason: string }> id="standing" layout="vertical" requiredMark={false} onFinish={({ reason }) => set.mutate(reason.trim())}>
        <Form.Item
          name="reason"
          label={t('agency.set.reason')}
          rules={[{ required: true, whitespace: true, message: t('agency.set.needReason') }]}
        >
          <Input.TextArea rows={3} maxLength={MAX_REASON} />
        </Form.Item>
      </Form>
      {set.error && <ProblemAlert error={set.error} />}
    </Modal>
  );
}

/** The buttons that change an agency's standing, each with its reason. */
export function SetStanding({ agency }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act | null>(null);
  return (
    <>
      {actsFor(agency).map((each) => (
        <Button key={each} danger={each === 'suspend'} onClick={() => setAct(each)}>
          {t(`agency.set.${each}`)}
        </Button>
      ))}
      {act && <Dialog agency={agency} act={act} onClose={() => setAct(null)} />}
    </>
  );
}
