export { type MessageWebhookOptions, openMessageWebhook } from './message-webhook.js';
