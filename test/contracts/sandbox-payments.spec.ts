import { paymentGatewayContract } from '#testing';
import { openSandboxWorld } from '../support/sandbox-world.js';

paymentGatewayContract('sandbox', openSandboxWorld);
