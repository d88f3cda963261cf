/** What was typed, without the spaces around it. */
export const trimmed = <Values extends Readonly<Record<string, string>> | object>(values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  ) as Values;
