export const paymentsKey = (account: string) => ['payments', account] as const;
