export { openSandboxAgency, type SandboxAgency, type SandboxAgencyOptions } from './agency.js';
export { openSandboxPayments, type SandboxPaymentsOptions } from './sandbox-payments.js';
