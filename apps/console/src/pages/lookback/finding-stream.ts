import { readStream, type StreamAsked, type StreamPage } from '../../api/ndjson.ts';

export interface Finding {
  readonly attemptId: string;
  readonly ruleId: string;
  readonly severity: 'block' | 'warn';
  readonly pack: string;
  readonly source: string;
  readonly limit: number | null;
  readonly counted: number | null;
  readonly message: string;
}

export interface FindingsAsked extends Pick<StreamAsked<Finding>, 'language' | 'skip' | 'size' | 'signal'> {
  readonly id: string;
  readonly ruleId: string | null;
}

/** A page of findings out of the file of all of them. Throws Problem. */
export const readFindings = ({ id, ruleId, ...asked }: FindingsAsked): Promise<StreamPage<Finding>> =>
  readStream<Finding>({
    ...asked,
    address: `/api/collections/v1/lookbacks/${id}/findings.ndjson`,
    wanted: (finding) => ruleId === null || finding.ruleId === ruleId,
  });
