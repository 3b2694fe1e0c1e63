import { currentLanguage } from '../i18n/index.ts';
import { languageTag } from '../i18n/language.ts';
import { CONSOLE_HEADER } from './client.ts';
import { offline, toProblem } from './problem.ts';
import { sessionEnded } from './session-end.ts';

export interface UploadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
}

export interface Upload {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: File;
  readonly key: string;
  readonly onProgress: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
}

/** Sends one file as multipart/form-data; fetch tells nothing of its progress. Throws Problem. */
export function upload<Answer>({ url, fields, file, key, onProgress, signal }: Upload): Promise<Answer> {
  const form = new FormData();
  // The services read what describes a file before the file.
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Accept-Language', languageTag(currentLanguage()));
    request.setRequestHeader('Idempotency-Key', key);
    request.setRequestHeader(CONSOLE_HEADER, '1');
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress({ sentBytes: loaded, totalBytes: total }));
    request.addEventListener('error', () => reject(offline()));
    request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return resolve(JSON.parse(request.responseText) as Answer);
      if (request.status === 401) sessionEnded();
      reject(toProblem(request.status, request.responseText, { get: (name) => request.getResponseHeader(name) }));
    });
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
