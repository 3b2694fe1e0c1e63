export const DOCUMENT_KINDS = [
  'licence',
  'ownership',
  'approval',
  'contract',
  'no-subcontracting-declaration',
  'insurance',
  'training',
  'inspection',
  'other',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What is taken, by what the bytes are and not by what they are called: documents that show and do not run. */
export const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
};
