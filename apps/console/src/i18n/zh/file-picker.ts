/** 从投诉文件中选择。 */
export const filePicker = {
  none: '这件投诉还没有文件，可在下方上传。',
  noneToChoose: '这件投诉还没有文件。',
  upload: '上传新文件',
  uploadHelp: '上传后即为投诉的文件并自动选中；投诉人默认看不到。',
  sending: '正在上传 {{name}}',
  chosen: '已选 {{count}} 个',
  kind: {
    evidence: '证据',
    letter: '信函',
    'proof-of-agreement': '协议证明',
    'notice-proof': '告知证明',
    appraisal: '鉴定材料',
    identity: '身份证明',
    authority: '授权委托',
    other: '其他',
  },
  why: { infected: '查出病毒，不可使用', removed: '已依法删除' },
} as const;
