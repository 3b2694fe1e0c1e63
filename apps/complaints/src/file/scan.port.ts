/** What a scanner says of a file. */
export type ScanResult =
  | { readonly state: 'clean' }
  | { readonly state: 'infected'; readonly finding: string }
  /** It looked, and cannot say: too large for it, or broken. */
  | { readonly state: 'unscannable'; readonly finding: string };

/** The scanner did not answer; it may later. */
export class ScannerAway extends Error {}

export interface ScanPort {
  /** False: nobody looks, and files stay `not-scanned`. */
  readonly isSetUp: boolean;
  /** Throws ScannerAway. */
  scan(bytes: AsyncIterable<Uint8Array>): Promise<ScanResult>;
}

export const SCAN_PORT = Symbol('scan port');

export const noScanner: ScanPort = {
  isSetUp: false,
  scan: async () => {
    throw new ScannerAway('no scanner is set up');
  },
};
