export { openSmtpSender, type SmtpSender, type SmtpSenderOptions } from './smtp-sender.js';
