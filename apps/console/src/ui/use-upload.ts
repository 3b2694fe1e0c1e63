import { useRef, useState } from 'react';
import { newKey } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import { upload, type UploadProgress } from '../api/upload.ts';

export interface Uploading<Answer> {
  readonly progress: UploadProgress | null;
  readonly problem: Problem | null;
  readonly send: (file: File, fields: Readonly<Record<string, string>>) => Promise<Answer | null>;
  readonly stop: () => void;
  readonly forget: () => void;
}

/** Sends a file with its progress; null when it was stopped or failed. A second try of the same file is the same intention. */
export function useUpload<Answer>(url: string): Uploading<Answer> {
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const abort = useRef<AbortController | null>(null);
  const keys = useRef(new WeakMap<File, string>());
  const send = async (file: File, fields: Readonly<Record<string, string>>): Promise<Answer | null> => {
    const key = keys.current.get(file) ?? newKey();
    keys.current.set(file, key);
    abort.current = new AbortController();
    setProblem(null);
    setProgress({ sentBytes: 0, totalBytes: file.size });
    try {
      return await upload<Answer>({ url, fields, file, key, onProgress: setProgress, signal: abort.current.signal });
    } catch (error) {
      const wasStopped = error instanceof DOMException && error.name === 'AbortError';
      if (!wasStopped) setProblem(asProblem(error));
      return null;
    } finally {
      setProgress(null);
    }
  };
  return { progress, problem, send, stop: () => abort.current?.abort(), forget: () => setProblem(null) };
}
