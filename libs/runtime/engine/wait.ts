/**
 * What a use case waits for before it runs, where others append to the same log:
 * `own`: that read models have what this process appended, so that a client finds what it was told is done;
 * `recent`: that what this process keeps in memory is some seconds old at most, for who may come in;
 * `log`: that it is of this moment, for decisions that rest on other streams (policies, tariffs, agreements);
 * `head`: `log`, and that the read models have every event of this moment.
 * Without one it asks the log itself, or decides on one stream and is decided again when overtaken.
 */
export type Wait = 'own' | 'recent' | 'log' | 'head';
