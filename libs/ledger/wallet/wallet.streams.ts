/** The account of a wallet stream's name. Ids carry no underscore, so the last one separates the month. */
export const accountOfWallet = (stream: string): string =>
  stream.slice('wallet-'.length, stream.lastIndexOf('_'));
