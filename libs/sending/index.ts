export {
  MAIL_PORT,
  SendError,
  SMS_PORT,
  type MailAttachment,
  type MailMessage,
  type MailPort,
  type Sent,
  type SmsPort,
  type TextMessage,
} from './port.ts';
export { createMailPort, createSmsPort, SendingModule } from './sending.module.ts';
export { checkSending, sendingSettings, type SendingConfig } from './settings.ts';
export { checkSignature, sign, SIGNATURE_GOOD_MS } from './signature.ts';
export {
  answerReports,
  checkReports,
  DeliveryReport,
  DeliveryReportsAnswer,
  DeliveryReportsRequest,
  wordOfGateway,
  type SignedReports,
} from './delivery-reports.ts';
export { busyMsOf, waitAfter } from './retry.ts';
