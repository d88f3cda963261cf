import { paymentGatewayContract } from '#testing';
import { openLinkFormWorld } from '../support/link-form-world.js';

paymentGatewayContract('link form', openLinkFormWorld);
