import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, type ChangeEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../../api/client.ts';
import { upload } from '../../../api/upload.ts';
import { useMay } from '../../../session/session.ts';
import { Masked } from '../../../ui/masked.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Facts } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import { useDone } from '../handling/use-done.ts';
import type { Complaint } from '../wire.ts';
import { filesUrl, findFiles, findIntake, type Intake } from './api.ts';
import { useIntakeWord } from './use-intake-word.ts';

interface Of {
  readonly complaint: Complaint;
}

const PROOFS: readonly string[] = ['authority', 'identity'];

/** The paper of who acts for the complainant: brought as a file, then examined. */
function Proof({ complaint, intake }: Of & { readonly intake: Intake }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const person = usePerson();
  const queries = useQueryClient();
  const [mayRead, mayAdd, mayExamine] = [
    useMay('complaints.listComplaintFiles'),
    useMay('complaints.addComplaintFile'),
    useMay('complaints.examineProof'),
  ];
  const key = ['complaints', 'files', complaint.id];
  const files = useQuery({ queryKey: key, queryFn: ({ signal }) => findFiles(complaint.id, signal), enabled: mayRead });
  const add = useDone(async (file: File) => {
    const kind = intake.needsProof === 'authority' ? 'authority' : 'identity';
    await upload<unknown>({ url: filesUrl(complaint.id), fields: { kind }, file, key: newKey(), onProgress: () => undefined });
    await queries.invalidateQueries({ queryKey: key });
  }, key);
  if (intake.needsProof === null) return null;
  const usable = (files.data?.items ?? []).filter(
    ({ kind, removedAt, scanState }) => PROOFS.includes(kind) && removedAt === null && scanState !== 'infected',
  );
  const choose = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const [file] = target.files ?? [];
    if (file) add.mutate(file);
    target.value = '';
  };
  return (
    <div>
      <p>
        <StateTag tone={intake.isProved ? 'good' : 'wait'}>{t(`intake.proof.${intake.needsProof}`)}</StateTag>{' '}
        {intake.isProved ? t('intake.proofDone') : t('intake.proofNeeded')}
      </p>
      {intake.examinations.map(({ id: examination, examinedBy, examinedAt, sufficient, note }) => (
        <p key={examination} className="fb-soft">
          {t('intake.examined', {
            person: person(examinedBy),
            time: localTime(examinedAt),
            result: sufficient ? t('intake.sufficient') : t('intake.insufficient'),
          })}{' '}
          {note}
        </p>
      ))}
      {files.data && usable.length === 0 && <p className="fb-soft">{t('intake.noFiles')}</p>}
      <div className="fb-row">
        {mayAdd && (
          <span>
            <label htmlFor={id}>{t('intake.addFile')}</label> <input id={id} type="file" onChange={choose} disabled={add.isPending} />
          </span>
        )}
        {mayExamine && usable.length > 0 && (
          <Act
            isMain={!intake.isProved}
            label={t('intake.examine')}
            path={`/v1/complaints/${complaint.id}/proofs`}
            fields={[
              {
                name: 'fileId',
                label: t('intake.proofFile'),
                kind: 'choice',
                options: usable.map((file) => ({ value: file.id, label: file.fileName })),
                initial: usable.at(-1)?.id,
              },
              { name: 'sufficient', label: t('intake.proofSufficient'), kind: 'flag' },
              { name: 'note', label: t('intake.proofNote'), kind: 'long', optional: true },
            ]}
          />
        )}
      </div>
      {add.error && <ProblemAlert error={add.error} />}
    </div>
  );
}

/** Who complains, who acts for him, and who sent it on; nothing where a person complains for himself. */
export function IntakeSection({ complaint }: Of): ReactNode {
  const { t } = useTranslation();
  const word = useIntakeWord();
  const query = useQuery({
    queryKey: ['complaints', 'intake', complaint.id],
    queryFn: ({ signal }) => findIntake(complaint.id, signal),
  });
  if (query.data?.kind === 'self' && query.data.forwarded === null) return null;
  return (
    <Loaded title={t('intake.title')} query={query}>
      {(intake) => {
        const { kind, representatives, forwarded, cannot, masked } = intake;
        return (
          <>
            <Facts
              items={[
                { label: t('intake.kindLabel'), value: word('kind', kind) },
                ...representatives.map(({ name, contact, relationship }) => ({
                  label: kind === 'heirs' ? t('intake.heirs') : t('intake.representatives'),
                  value: <Masked value={[name, relationship, contact].filter(Boolean).join(' · ')} isMasked={masked} />,
                })),
                ...(forwarded === null
                  ? []
                  : [
                      { label: t('intake.regulatorLabel'), value: word('regulator', forwarded.regulator) },
                      { label: t('intake.reference'), value: forwarded.reference },
                      { label: t('intake.forwardedOn'), value: forwarded.forwardedOn },
                    ]),
              ]}
            />
            {cannot.length > 0 && (
              <p className="fb-soft">
                {t('intake.cannotLead')} {cannot.map((one) => word('cannot', one)).join(t('common.listSeparator'))}
              </p>
            )}
            <Proof complaint={complaint} intake={intake} />
          </>
        );
      }}
    </Loaded>
  );
}
