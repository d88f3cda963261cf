export { openSandboxMessages, type SandboxMessages } from './sandbox-messages.js';
